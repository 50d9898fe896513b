"""Where the desk is served and who comes in by what: the `[desk]` table of school.toml, and the school's own provider.

A person is known by the provider's immutable id alone. Google and most others call it `sub`; Microsoft Entra gives
every program another `sub`, so that a person is its `oid` there, in the one tenant that the issuer names.
"""

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from policies.errors import UserError
from policies.toml_text import Filled, TomlTable

GOOGLE = "https://accounts.google.com"
_ENTRA_HOSTS = frozenset(
    {"login.microsoftonline.com", "login.microsoftonline.us", "login.windows.net", "sts.windows.net"}
)
_ENTRA_ISSUER = re.compile(
    r"https://login\.microsoftonline\.(?:com|us)/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/v2\.0"
)
_PERSONAL_ACCOUNTS = "9188040d-6c67-4b05-b112-36a304b66dad"  # the tenant that everybody's private account is in


class OpenIdError(UserError):
    """The provider lets nobody in, or is not to be had; one sentence that names nobody."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Whom the provider knows: by its issuer and its immutable id; `email` only where the provider has verified it."""

    issuer: str
    subject: str = field(repr=False)
    email: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class InvitedAccount:
    """The account that an invited person will sign in with: its immutable id, or its e-mail address to find that by."""

    issuer: str
    subject: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)


class OpenIdSettings(TomlTable):
    """`[desk.openid]` of school.toml: the school's provider. The client's secret stands elsewhere.

    `hosted_domain` is the school's own domain at Google, whose issuer is one for all the world.
    """

    issuer: str
    client_id: Filled
    label: Annotated[str, Field(min_length=1, max_length=40)]
    hosted_domain: Filled | None = None

    @field_validator("issuer")
    @classmethod
    def _is_one_school_s(cls, value: str) -> str:
        if not is_web_address(value) and not _is_on_loopback(value):
            raise ValueError("must be the provider's issuer, such as https://accounts.google.com")
        is_entra = urlsplit(value).hostname in _ENTRA_HOSTS
        match = _ENTRA_ISSUER.fullmatch(value)
        if is_entra and (match is None or match[1] == _PERSONAL_ACCOUNTS):
            raise ValueError(
                "must be https://login.microsoftonline.com/TENANT-ID/v2.0 with your own tenant's id in small letters; "
                "common and organizations would be everybody's"
            )
        return value

    @model_validator(mode="after")
    def _google_has_a_domain(self) -> "OpenIdSettings":
        if (self.issuer == GOOGLE) != (self.hosted_domain is not None):
            raise ValueError('needs hosted_domain = "your-school.example" for Google, and for no other issuer')
        return self

    @property
    def tenant(self) -> str | None:
        """The tenant's id where the provider is Microsoft Entra; None elsewhere."""
        match = _ENTRA_ISSUER.fullmatch(self.issuer)
        return match[1] if match else None


def is_web_address(value: str) -> bool:
    """Say whether this is an https address of a host, without a user, a query, a fragment or a slash at its end."""
    try:
        parts = urlsplit(value)
        named = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    is_plain = value.isascii() and value.isprintable() and not re.search(r"[\s\\?#@]", value)
    return bool(named) and is_plain and parts.scheme == "https" and not value.endswith("/")


def _is_on_loopback(value: str) -> bool:
    try:
        host = urlsplit(value).hostname or ""
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
    return is_loopback and is_web_address(value.replace("http://", "https://", 1))


class DeskSettings(TomlTable):
    """`address` is what the school's people open; `proxy` says that another server on this machine speaks https for it.

    `certificate` and `certificate_key` are files, with their paths, where the desk speaks https itself.
    `second_for_staff` is who agrees, beside a Lead, that an account is a member of staff's: the DPO reads every case.
    `starts_on` is the school's first day of work with it, None for the first run: what may wait, found before then, is
    due as if it were found on that day.
    """

    address: str | None = None
    proxy: bool = False
    certificate: Filled | None = None
    certificate_key: Filled | None = None
    openid: OpenIdSettings | None = None
    second_for_staff: Literal["headteacher", "dpo", "dsl"] = "dpo"
    starts_on: date | None = None

    @field_validator("address")
    @classmethod
    def _is_https(cls, value: str | None) -> str | None:
        if value is not None and (not is_web_address(value) or value.count("/") > 2 or value != value.lower()):
            raise ValueError("must be as in https://desk.school.example, in small letters and without a path")
        return None if value is None else value.removesuffix(":443")

    @model_validator(mode="after")
    def _is_whole(self) -> "DeskSettings":
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("needs certificate and certificate_key, or neither")
        if self.proxy and self.certificate is not None:
            raise ValueError("has proxy = true or a certificate, not both: one server speaks https")
        if self.proxy and self.address is None:
            raise ValueError('needs address = "https://desk.school.example" beside proxy = true')
        return self

    def counts_from(self, as_of: date) -> date:
        """Return the day from which days to act are counted for what a run of this day finds and may wait."""
        return max(as_of, self.starts_on or as_of)

    @property
    def host(self) -> str | None:
        """The address's host, with its port where it has one; None without an address."""
        return self.address.removeprefix("https://") if self.address else None

    @property
    def port(self) -> int | None:
        """The address's port; None without an address."""
        if self.host is None:
            return None
        port = self.host.rpartition(":")[2]
        return int(port) if port.isdigit() else 443
