"""The records of the school's own registers; `connectors.records` gathers these and the platforms' own."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from connectors.pull_records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """One row of a register of people; register is pupils, staff, governors, parents or leavers.

    `x_account` and `youtube_account` are ids or handles that the person or the school declared;
    `related_ids` are other person ids, separated by semicolons (a parent's children); `picture_consent` says
    whether a pupil or leaver may be shown in pictures: given, withdrawn, nothing, or by channel (`given;x=withdrawn`);
    `unread_days` are the columns whose cell says something that is no day of the past, separated by semicolons.
    """

    TABLE: ClassVar[str] = "people"
    register: str
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
    picture_consent: str | None = None
    policy_read_on: date | None = None
    trained_on: date | None = None
    unread_days: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph(Record):
    """One row of the photographs register: an approved master, or an approved video by its platform id.

    `file_name` is relative to the school's photographs folder; `channels` are separated by semicolons;
    `basis` is consent, public_task or legitimate_interests; `consent` is given, withdrawn or nothing;
    `pupil_ids` are roll ids, optional.
    """

    TABLE: ClassVar[str] = "photographs"
    photograph_id: str
    file_name: str | None
    video_id: str | None
    channels: str
    approved_by: str | None = None
    approved_on: date | None = None
    expires_on: date | None = None
    basis: str | None = None
    consent: str | None = None
    objection: str | None = None
    pupil_ids: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAccount(Record):
    """One row of the accounts register: an official account, who approved it, and who has its sign-in details.

    `unread_days` are the columns whose cell says something that is no day of the past, separated by semicolons.
    """

    TABLE: ClassVar[str] = "registered_accounts"
    platform: str
    account_id: str | None
    handle: str | None
    purpose: str | None = None
    owner_role: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    shared_with_head_on: date | None = None
    changed_on: date | None = None
    unread_days: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRead(Record):
    """How the reading of one register file ended: rows kept, rows set aside, the file's own date, and its encoding.

    A workbook has none.
    """

    TABLE: ClassVar[str] = "registers"
    register: str
    file_name: str
    rows: int
    set_aside: int
    sha256: str
    refreshed_on: date
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumn(Record):
    """One column of a register file; state is recognised, ignored (not read) or missing (asked for, and not there).

    `heading` is the file's own, or `column F` where what stands there is no heading; of a missing column it is the
    heading that school.toml maps. `column_name` is ours. `nearest` is the missing column that an ignored heading may
    mean.
    """

    TABLE: ClassVar[str] = "register_columns"
    register: str
    file_name: str
    heading: str | None
    column_name: str | None
    state: str
    nearest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProblem(Record):
    """A row or cell of a register that could not be used; `problem` is a sentence that quotes no value.

    `row` counts from 1; None where the sentence is about several rows. `doubts` is the column on which, for this row,
    nothing may rest that is to count as kept: the row's id for all of it, None where nothing rests on it.
    """

    TABLE: ClassVar[str] = "register_problems"
    register: str
    file_name: str
    row: int | None
    column_name: str | None
    problem: str
    doubts: str | None = None
