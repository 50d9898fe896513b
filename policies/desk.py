"""Where the desk is served and who comes in by what: the `[desk]` table of school.toml."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from policies.openid import OpenIdSettings, is_web_address

Filled = Annotated[str, Field(min_length=1)]


class DeskSettings(BaseModel):
    """`address` is what the school's people open; `proxy` says that another server on this machine speaks https for it.

    `certificate` and `certificate_key` are files, with their paths, where the desk speaks https itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str | None = None
    proxy: bool = False
    certificate: Filled | None = None
    certificate_key: Filled | None = None
    openid: OpenIdSettings | None = None

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
