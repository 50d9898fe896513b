"""Who hears of a run, by role: the `[[notify]]` blocks and the `[report]` table of school.toml."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from policies.roles import ROLES

Occasion = Literal["run", "failure", "missed"]


class Recipient(BaseModel):
    """One role that is told, the block in credentials.toml that says by which way, and of what.

    `run` is a run that was published, `failure` one that was refused, ended in an error, did not see everything
    or left a problem of upkeep, `missed` a week without a run.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str
    to: str
    on: Annotated[tuple[Occasion, ...], Field(min_length=1)] = ("run", "failure", "missed")

    @field_validator("role")
    @classmethod
    def _is_a_role(cls, value: str) -> str:
        if value not in ROLES:
            raise ValueError(f"must be one of {', '.join(ROLES)}")
        return value

    @property
    def key(self) -> str:
        """What the recipient is called where it is kept whether a message went out."""
        return f"{self.role} {self.to}"


class ReportLink(BaseModel):
    """Where the school's people open the report; `{run}` in the link becomes the day of the run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    link: str | None = None

    @field_validator("link")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://", "file:///")):
            raise ValueError("is not an address such as https://intranet.hillview.example/audit/{run}/index.html")
        return value
