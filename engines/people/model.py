"""The plain values that identity works with: people from registers, actors from platforms, and matches between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["pupil", "staff", "governor", "parent", "leaver"]
Band = Literal["declared", "likely", "possible", "about"]
REGISTER_OF: Mapping[Role, str] = {
    "pupil": "pupils",
    "staff": "staff",
    "governor": "governors",
    "parent": "parents",
    "leaver": "leavers",
}
BANDS: tuple[Band, ...] = ("declared", "likely", "possible", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPerson:
    """One row of a register of people; `x_account` and `youtube_account` are declared ids or handles.

    `x_is_remembered` says that an earlier register declared the one on X, and none does now; a known id is the account
    that an earlier run met under the declared handle.
    """

    role: Role
    person_id: str
    title: str | None = None
    given_names: str | None = None
    surname: str | None = None
    known_as: str | None = None
    other_names: str | None = None
    full_name: str | None = None
    date_of_birth: date | None = None
    year_group: str | None = None
    class_name: str | None = None
    job_title: str | None = None
    left_on: date | None = None
    related_ids: str | None = None
    x_account: str | None = None
    youtube_account: str | None = None
    x_known_id: str | None = None
    youtube_known_id: str | None = None
    x_is_remembered: bool = False
    youtube_is_remembered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorProfile:
    """A platform account that is not ours, and what it shows the public; None where the platform told nothing."""

    platform: str
    actor_id: str
    handle: str | None = None
    display_name: str | None = None
    bio: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolNames:
    """What the school is called, and where it is.

    `partners` are schools and trusts that belong with it, such as feeder schools; to name one is to name no other
    school. `houses` are its houses, clubs and teams, by which its pupils may be known.
    """

    name: str
    aliases: tuple[str, ...] = ()
    town: str | None = None
    county: str | None = None
    partners: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """One person whom an account may belong to; `reasons` are sentences that name nobody, some of them `against`.

    `score` is log-odds in bits against everybody else and nobody; `runner_up` is the next best explanation's id,
    or `nobody`. `words` are the parts of the public profile, as written, that the reasons of a likely match rest on;
    none where it was the name, the handle or a register alone. `one_of` is how many people of one role explain an
    account equally well that is as surely one of theirs as a likely one is somebody's; None for all others.
    """

    platform: str
    actor_id: str
    person_id: str
    role: Role
    band: Band
    probability: float
    reasons: tuple[str, ...]
    is_best: bool
    score: float = 0.0
    runner_up: str | None = None
    words: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    one_of: int | None = None
