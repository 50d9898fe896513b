"""What an account's X archive was to a run: a picture of one day, in which most followers are bare ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checks.asked_once import AskedOnce
from policies.dates import plain_date
from policies.platforms.registry import PLATFORMS
from policies.populations import Population

_STATES = """
select platform, account_id, listing, count(*) filter (where state = 'unasked'),
count(*) filter (where state = 'gone'), count(*) filter (where state = 'suspended'),
count(*) filter (where state = 'hidden')
from core.unknown_follows inner join core.archives using (platform, account_id) group by all
"""
_SCHOOL = (
    "select school_id, (select count(distinct actor_id) from core.unknown_follows "
    "inner join core.archives using (platform, account_id) where state = 'unasked') from core.school"
)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class UnknownFollows:
    """The lines of one archive's list to actors without a profile, by what X said of them when it was asked.

    `unasked` are bare ids; `gone` and `suspended` are accounts that show nothing to anybody, `hidden` what X would not
    show. `everybody` counts the bare ids of all lists of the school named `school_id`, each once.
    """

    unasked: int
    gone: int
    suspended: int
    hidden: int
    school_id: str
    everybody: int

    @property
    def shut(self) -> int:
        """How many there is nothing to judge by, because X shows them to nobody."""
        return self.gone + self.suspended

    def sentences(self, population: Population, platform: str) -> list[str]:
        """Say what X said of those it was asked for and does not show."""
        said = []
        if self.suspended:
            said.append(f"{population.counted(self.suspended, platform)} {_are(self.suspended)} suspended at X.")
        if self.gone:
            said.append(f"{population.counted(self.gone, platform)} {_are(self.gone)} at X no more.")
        if self.hidden:
            said.append(f"X would not show {population.counted(self.hidden, platform)}.")
        return said

    def what_to_do(self, platform: str) -> str | None:
        """Give the command that looks everybody up, with its price; nothing where nobody is left."""
        price = PLATFORMS[platform].profile_usd
        if not self.unasked or price is None:
            return None
        ids = "1 bare id" if self.everybody == 1 else f"{self.everybody:,} bare ids"
        told = f"{ids} in all lists, at most ${self.everybody * price:.2f}"
        return f"To look everybody up once: audit run {self.school_id} --look-up-followers ({told})."


def unknown_follows(run: AskedOnce) -> Mapping[Key, UnknownFollows]:
    """Return them by the view that counts them, platform and account; lists in which everybody is known have none."""
    [school] = run.rows(_SCHOOL) or (("", 0),)
    return {
        (f"core.{listing.removesuffix('s')}_coverage", platform, account_id): UnknownFollows(*counts, *school)
        for platform, account_id, listing, *counts in run.rows(_STATES)
    }


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


NOT_WHOLE = "X's archives leave the rest of it out."
_ARCHIVES = "select platform, account_id, made_on, is_dated, is_old from core.archives"


@dataclass(frozen=True, slots=True)
class Archived:
    """The archive that one account was read from; `is_old` when more than a week lies between it and the run."""

    made_on: date | None
    is_dated: bool
    is_old: bool

    def sentence(self) -> str:
        """Say of which day it is."""
        if self.made_on is None:
            return "Read from an archive that does not say when it was made; nothing later was seen."
        if not self.is_dated:
            newest = f"the newest thing in it is of {plain_date(self.made_on)}"
            return f"Read from an archive that does not say when it was made: {newest}, and nothing later was seen."
        return f"Read from the archive of {plain_date(self.made_on)}; nothing later was seen."


def archives(run: AskedOnce) -> Mapping[tuple[str, str], Archived]:
    """Return the archives that the run at hand read, by platform and account."""
    return {(platform, account_id): Archived(*about) for platform, account_id, *about in run.rows(_ARCHIVES)}
