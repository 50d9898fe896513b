"""What a decision about an exception is about: whom, which words, which picture, which facts, each as a hash.

A person is a roll id with the name that the registers give it: names that moved from one row of a register to another
make it somebody else, and so does another date of birth, for as long as a register gives one. Class and year change
every September, and are no part of it. The hashes are keyed, as those of tombstones are: whoever has no key of the
school's cannot try a name on them.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import duckdb

from checks.evidence import ABOUT_PICTURE, ABOUT_WORDS, Evidence
from engines.roll_ids import fold_roll_id
from engines.text import fold
from policies.decisions import DECLARED

_PEOPLE = "select person_id, coalesce(full_name, concat_ws(' ', given_names, surname)), date_of_birth from core.people"


class Called(NamedTuple):
    """What the registers of a run call somebody: the names, folded, and the dates of birth, where they give any."""

    names: frozenset[str] = frozenset()
    born: frozenset[str] = frozenset()


def roll_ids(row: Mapping[str, Any]) -> list[str]:
    """Return the folded roll ids of a row of a check's answer."""
    return [fold_roll_id(person) for person in str(row.get("roll_id") or "").split(",") if person.strip()]


def identities(db: duckdb.DuckDBPyConnection, asked: Collection[str]) -> dict[str, Called]:
    """Return what the registers of this run call each of these people, by folded roll id, however often they do."""
    shown = {person: Called() for person in asked}
    for person_id, name, born in db.execute(_PEOPLE).fetchall() if asked else []:
        if (person := fold_roll_id(person_id)) in shown:
            so_far = shown[person]
            shown[person] = Called(so_far.names | {fold(name)}, so_far.born | ({str(born)} if born else set()))
    return shown


def about(
    evidence: Sequence[Evidence], row: Mapping[str, Any], people: Mapping[str, Called], *, key: str
) -> dict[str, str]:
    """Return the hash of each kind of thing that the row is about, by the declarations of its check.

    `person` has a hash for each person, with blanks between; `birthday` has one for each date of birth, each after the
    hash of its person and a colon.
    """
    said: dict[str, list[str]] = {}
    for declared in evidence:
        value = row.get(declared.label)
        if declared.about and declared.about not in {"person", "declaration"} and value is not None:
            said.setdefault(declared.about, []).append(f"{declared.label}\x1f{_plain(value)}")
    for kind, column in (("words", ABOUT_WORDS), ("picture", ABOUT_PICTURE)):
        if row.get(column) is not None:
            said.setdefault(kind, []).append(_plain(row[column]))
    hashes = {kind: _hash(key, "\x1e".join(values)) for kind, values in said.items()}
    kinds = {declared.about: declared.label for declared in evidence}
    if "person" in kinds and (ids := roll_ids(row)):
        called = {_person(key, person, who): who for person in ids for who in [people.get(person, Called())]}
        hashes["person"] = " ".join(sorted(called))
        if born := sorted(f"{one}:{_hash(key, f'{one}{day}')}" for one, who in called.items() for day in who.born):
            hashes["birthday"] = " ".join(born)
    if "declaration" in kinds and row.get(kinds["declaration"]) == DECLARED:
        hashes["declaration"] = DECLARED
    return hashes


def _person(key: str, person: str, called: Called) -> str:
    return _hash(key, "\x1f".join((person, *sorted(called.names))))


def _plain(value: object) -> str:
    """Return a text by which only capitals and blanks make no difference: an emoji may be all that it says."""
    return " ".join(str(value).casefold().split())


def _hash(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
