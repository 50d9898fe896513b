"""What the desk is given of the school's own folder: its photographs, its registers, and what may be attested.

The pages know these shapes alone; `flows.desk.school` gives the functions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from warehouse.casebook.people.desk_person import DeskPerson


@dataclass(frozen=True, slots=True)
class RegisteredPhotograph:
    """One row of the photographs register; `ended` says in a sentence why its approval does not stand, if so."""

    photograph_id: str
    file_name: str | None
    video_id: str | None
    channels: tuple[str, ...]
    pupils: tuple[str, ...]
    basis: str | None
    consent: str | None
    expires_on: date | None
    ended: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A photograph of the register that a new one is the same as, or shows more or another moment than."""

    photograph_id: str
    is_same: bool
    ended: str


@dataclass(frozen=True, slots=True)
class PhotographTrial:
    """What was made of a new picture: a small form of it to be shown, and which of the register it is like."""

    sha256: str
    preview: bytes = field(repr=False)
    width: int
    height: int
    tells_place: bool
    likenesses: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class NewApproval:
    """What is asked before a picture is approved; `pupils` are roll ids, `shows` is pupils, nobody or unknown.

    `same_as` are the ids of the photographs that it was found to be; `is_end_known` says that whoever approves it
    knows that such an approval has ended.
    """

    photograph_id: str
    shows: str
    pupils: tuple[str, ...]
    basis: str
    reference: str
    channels: tuple[str, ...]
    expires_on: date | None
    same_as: tuple[str, ...]
    is_end_known: bool


@dataclass(frozen=True, slots=True)
class RegisterNow:
    """One register as a run would find it now; `can_be_accepted` where somebody may say that it is right, if short."""

    register: str
    file_name: str | None
    state: str
    why: str
    rows: int
    accepted_by: str | None
    is_short: bool
    can_be_accepted: bool


@dataclass(frozen=True, slots=True)
class RegisterTrial:
    """What a new file would change of a register; `why_short` is empty where a run would find it whole.

    `years` are each year group with how many it had and would have; `gone_ids` are the ids of the rows that would go.
    `causes` are headings that nobody knows, each with what to do; `problems` are sentences, each with its rows.
    """

    register: str
    file_name: str
    rows_before: int
    rows_after: int
    added: int
    gone_ids: tuple[str, ...]
    changed: int
    years: tuple[tuple[str, int, int], ...]
    columns_lost: tuple[str, ...]
    columns_gained: tuple[str, ...]
    headings: str
    causes: tuple[str, ...]
    problems: tuple[str, ...]
    why_short: str
    sha256_before: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StaffAccounts:
    """A member of staff on the register, and what is declared of theirs, by platform."""

    person_id: str
    name: str
    job_title: str
    accounts: dict[str, str]


@dataclass(frozen=True, slots=True)
class SuggestedPerson:
    """Somebody whom a case may be about, by their roll id, as the registers lie there now; `name` is empty if gone."""

    person_id: str
    name: str = field(repr=False)
    besides: str = field(repr=False)  # such as the class or the job


@dataclass(frozen=True, slots=True)
class Declaration:
    """Whose account it is: an id, a handle or an address; `declared_by` says who said so: themselves, or the school."""

    person_id: str
    platform: str
    account: str
    declared_by: str
    note: str


@dataclass(frozen=True, slots=True)
class ClauseToAttest:
    """One clause that a role is to attest; `until` is set while it is attested, `why` says how it stands."""

    clause: str
    ref: str
    says: str
    asks: str
    every_days: int
    latest: date
    until: date | None
    why: str
    is_red: bool


@dataclass(frozen=True, slots=True)
class SchoolDesk:
    """What the desk may do with the school's folder; each raises UserError, one sentence, where it cannot be done."""

    photographs: Callable[[], tuple[RegisteredPhotograph, ...]]
    look_at: Callable[[bytes], PhotographTrial]
    thumbnail: Callable[[str], bytes | None]  # by the name of a photograph's file; None where it shows no picture
    approve: Callable[[bytes, NewApproval, DeskPerson], None]  # a picture and its row of the register, both or neither
    withdraw: Callable[[str, str, str, DeskPerson], None]  # photograph, why (consent, objection, school), note
    accept_picture: Callable[[str, str, DeskPerson], None]  # photograph, note
    registers: Callable[[], tuple[RegisterNow, ...]]
    try_register: Callable[[str, bytes], RegisterTrial]
    put_register: Callable[[bytes, RegisterTrial, str, DeskPerson], None]  # with a note; accepted where it came short
    accept_register: Callable[[str, str, DeskPerson], None]  # register, note
    staff: Callable[[], tuple[StaffAccounts, ...]]
    declare: Callable[[Declaration, DeskPerson], None]
    whom: Callable[[str, Sequence[str]], tuple[SuggestedPerson, ...]]  # what a case concerns, and roll ids
    reach: Callable[[str], Sequence[str]]  # what is tied to whom a case of this fingerprint gives
    clauses: Callable[[str], tuple[ClauseToAttest, ...]]  # of a role, those first that nobody attested or that ended
    to_complete: Callable[[], tuple[str, ...]]  # what only the school can say in its papers, and has not said
    attest: Callable[[Sequence[str], str, date, DeskPerson], None]  # clauses, evidence, last day; all or none
