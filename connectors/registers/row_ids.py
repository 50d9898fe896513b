"""The ids of rows: made for people whom a register gives none, and shared by several rows, which count as one.

Such rows are those of each contact or sort of consent; the strictest of them counts. A made id is keyed with the
school's key, and made of what stays of the person.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from connectors.records import Person, Photograph, Record
from connectors.registers.consent_channels import strictest
from connectors.registers.headers import DONE_DAYS, ON_ROLL
from connectors.registers.line import RegisterLine
from engines.pictures.verdicts.approvals import is_objection, refused_channels
from engines.roll_ids import fold_roll_id
from engines.text import made_id_key

AGAIN = "The id of row {} stands here again; both rows count as one, and a refusal on either is one."
REPEATED = "{} rows have the id of a row above; rows of one id count as one, and a refusal on any of them is one."
DIFFER = "The id of row {} stands here again, and the rows differ here; correct the id, or what differs."
_IDENTITY = (
    "given_names", "surname", "full_name", "date_of_birth", "x_account", "youtube_account", "file_name", "video_id",
)  # fmt: skip
_PICTURE = frozenset({"file_name", "video_id"})
_REFUSED = ("picture_consent", "consent")
_LISTS = ("related_ids", "pupil_ids", "unread_days")
_DONE = tuple(column for columns in DONE_DAYS.values() for column in columns)
_OF_ROLE = {"staff": "job_title", "governors": "job_title", "parents": "related_ids"}
_ON_ROLL = "roll"  # pupils and leavers are the same people
_MOST_KEY = 64  # bytes, as much as BLAKE2b takes


def key_of(record: Record | None) -> object:
    """Return what is equal for rows of one id."""
    if isinstance(record, Person):
        return fold_roll_id(record.person_id)
    return record.photograph_id if isinstance(record, Photograph) else record


def together(line: RegisterLine, first: Record, again: Record) -> Record:
    """Return what the rows of one id say together, the strictest where they differ, and note the later row."""
    one, other = asdict(first), asdict(again)
    differing = [name for name in _IDENTITY if _differ(one.get(name), other.get(name))]
    row = line.first_row_of(str(key_of(first)))
    if differing:
        line.complain(differing[0], DIFFER.format(row), doubts=line.reading.row_id)
        line.reading.set_aside += 1
    else:
        is_told = isinstance(first, Photograph) or _says_other(one, other)
        if is_told:
            line.complain(line.reading.row_id, AGAIN.format(row))
        line.reading.repeated += not is_told and line.reading.register != "parents"  # a row for each child
        one = {name: other[name] if value in (None, "") else value for name, value in one.items()}
    one |= {name: strictest(one[name], other[name]) for name in _REFUSED if name in one}
    one |= {name: _all_of(one[name], other[name]) or None for name in _LISTS if name in one}
    one |= {name: max(filter(None, (one[name], other[name])), default=None) for name in _DONE if name in one}
    if isinstance(again, Photograph):
        is_one_picture = _PICTURE.isdisjoint(differing)
        one["channels"] = (_all_of if is_one_picture else _in_both)(one["channels"], other["channels"])
        one["objection"] = other["objection"] if is_objection(other["objection"]) else one["objection"]
        one["expires_on"] = min(filter(None, (one["expires_on"], other["expires_on"])), default=None)
        one["basis"] = "consent" if "consent" in (one["basis"], other["basis"]) else one["basis"]
    return type(first)(**one)


def _says_other(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(refused_channels(one.get(name)) != refused_channels(other.get(name)) for name in _REFUSED)


def _differ(one: object, other: object) -> bool:
    return one not in (None, "") and other not in (None, "") and str(one).casefold() != str(other).casefold()


def _all_of(one: str | None, other: str | None) -> str:
    parts = [part for said in (one, other) for part in (said or "").split(";") if part]
    return ";".join(dict.fromkeys(parts))


def _in_both(one: str | None, other: str | None) -> str:
    there = (other or "").split(";")
    return ";".join(part for part in (one or "").split(";") if part in there)


def made_id(person: Person, pepper: str) -> str:
    """Return the id of a person, made of the name and of role, children or date of birth: the same every week.

    A pupil has the same one as a leaver. It is keyed, so that nobody without the school's key can find out whose id it
    is by trying names.
    """
    if person.register in ON_ROLL:
        parts = [_ON_ROLL, _name(person), str(person.date_of_birth or "")]
    else:
        role = made_id_key(getattr(person, _OF_ROLE[person.register]) or "")
        parts = [person.register, _name(person), ";".join(sorted(role.split(";")))]
    key = pepper.encode()[:_MOST_KEY]
    return "made-" + hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6, key=key).hexdigest()


def _name(person: Person) -> str:
    parts = [person.given_names or person.known_as, person.surname]
    return made_id_key(person.full_name or " ".join(part for part in parts if part))
