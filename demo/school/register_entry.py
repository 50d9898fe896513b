"""One person as a register of the invented school lists them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One row of a register of people; `related_ids` are a parent's children."""

    person_id: str
    given_names: str
    surname: str
    known_as: str = ""
    title: str = ""
    born_on: date | None = None
    year_group: str = ""
    class_name: str = ""
    job_title: str = ""
    left_on: date | None = None
    related_ids: tuple[str, ...] = ()
    x_account: str = ""
    youtube_account: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The full names this person goes by, the legal one first."""
        legal = f"{self.given_names} {self.surname}"
        return (legal, f"{self.known_as} {self.surname}") if self.known_as else (legal,)
