"""Python reads this first in every process of the tests (PYTHONPATH): no connection goes beyond loopback.

A refused one is an OSError for whoever asked, and a line in the tests' file of what was reached (`tests/isolation.py`).
"""

import os
import sys
from typing import Any

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKS_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_LOOPBACK = ("127.", "::1", "::ffff:127.", "localhost")
_SERVICES = ("/run/", "/var/")  # the sockets of the machine's own services


def note(reached: str) -> None:
    """Add a line to the file of what was reached, with the test that runs."""
    line = f"{os.environ.get('PYTEST_CURRENT_TEST', 'no test')}: {reached}\n"
    with open(os.environ["TESTS_REACHED"], "a", encoding="utf-8") as file:  # noqa: PTH123 - nothing is imported here
        file.write(line)


def _is_ours(address: Any) -> bool:
    if isinstance(address, tuple):
        address = address[0]
    if isinstance(address, bytes):
        address = address.decode(errors="replace")
    if not isinstance(address, str) or not address or address.startswith("\0"):
        return True
    return address.startswith(_LOOPBACK) or (address.startswith("/") and not address.startswith(_SERVICES))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _CONNECTS and event not in _LOOKS_UP:
        return
    address = arguments[1] if event in _CONNECTS else arguments[0]
    if not _is_ours(address):
        note(f"{event} {address}")
        raise OSError(f"The tests reach nothing beyond loopback: {address}")


if "TESTS_REACHED" in os.environ:
    sys.addaudithook(_refuse)
