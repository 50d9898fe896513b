"""Sends one message by one address of apprise's kind: e-mail, Teams, Slack, a webhook and some hundred others.

The address is a secret. Nothing is logged while it is in use, nothing is fetched, and nothing is written to disk.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.home.keys import read_credentials
from flows.home.settings import ConfigurationError
from flows.notify.message import Message
from policies.roles import Recipient
from warehouse.store.places import Places

if TYPE_CHECKING:
    from apprise import Apprise

CONNECT_SECONDS, READ_SECONDS, IN_ALL_SECONDS = 15.0, 30.0, 60.0


def address_of(places: Places, recipient: Recipient) -> str:
    """Return the recipient's address; ConfigurationError, which never shows it, if it cannot be used."""
    block: object = read_credentials(places).get(recipient.to)
    if not isinstance(block, Mapping):
        message = (
            f'credentials.toml has no [{recipient.to}], which school.toml names. Add it, with url = "mailtos://…".'
        )
        raise ConfigurationError(message)
    address = block.get("url")
    if not isinstance(address, str) or not address.strip():
        raise ConfigurationError(f'[{recipient.to}] in credentials.toml has no address. Add url = "mailtos://…".')
    if ":PASSWORD@" in address:
        raise ConfigurationError(f"[{recipient.to}] in credentials.toml has PASSWORD still to fill in.")
    with _silence():
        is_readable = _opened(address) is not None
    if not is_readable:
        message = (
            f"The url of [{recipient.to}] in credentials.toml is no address that can be used. It begins with its kind, "
            "such as mailtos:// or workflows://; write @ within a password as %40, and see docs/running.md."
        )
        raise ConfigurationError(message)
    return address


def is_accepted(address: str, message: Message) -> bool:
    """Send the message and say whether whoever takes it at this address has accepted it; waits a minute at most."""
    answers: list[bool] = []
    sending = threading.Thread(target=lambda: answers.append(_sent(address, message)), daemon=True)
    with _silence():
        sending.start()
        sending.join(IN_ALL_SECONDS)
    return answers == [True]


def _sent(address: str, message: Message) -> bool:
    opened = _opened(address)
    if opened is None:
        return False
    try:
        return bool(opened.notify(body=message.body, title=message.subject, body_format="text"))
    except Exception:  # noqa: BLE001 - any of a hundred services; what it says may show the address
        return False


def _opened(address: str) -> "Apprise | None":
    """Return apprise with this one address, or None if it cannot read it."""
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - half a second, which only a message has to wait
    from apprise.plugins import NotifyBase  # noqa: PLC0415

    asset = AppriseAsset(
        app_id="School accounts audit",
        app_desc="School accounts audit",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        storage_mode="memory",
        async_mode=False,
        pgp_autogen=False,
        pem_autogen=False,
        http_redirects=False,
    )
    plugin = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if not isinstance(plugin, NotifyBase):
        return None
    plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
    opened = Apprise(asset=asset)
    return opened if opened.add(plugin) else None


@contextmanager
def _silence() -> Iterator[None]:
    """Let nothing be logged, by any library: an address stands in what they log."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logging.disable(before)
