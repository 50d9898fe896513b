"""What a decision about an exception is about: whom, which words, which picture, which facts, each as a hash.

A person is a roll id with the name, and the date of birth, that the registers give it: names that moved from one row
of a register to another make it somebody else. Class and year change every September, and are no part of it.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from checks.evidence import ABOUT_PICTURE, ABOUT_WORDS, Evidence
from engines.roll_ids import fold_roll_id
from engines.text import fold
from policies.decisions import DECLARED

_PEOPLE = "select person_id, coalesce(full_name, concat_ws(' ', given_names, surname)), date_of_birth from core.people"


def roll_ids(row: Mapping[str, Any]) -> list[str]:
    """Return the folded roll ids of a row of a check's answer."""
    return [fold_roll_id(person) for person in str(row.get("roll_id") or "").split(",") if person.strip()]


def identities(db: duckdb.DuckDBPyConnection, asked: Collection[str]) -> dict[str, str]:
    """Return what the registers of this run call each of these people, by folded roll id, however often they do."""
    shown: dict[str, set[str]] = {person: set() for person in asked}
    for person_id, name, born in db.execute(_PEOPLE).fetchall() if asked else []:
        if (person := fold_roll_id(person_id)) in shown:
            shown[person].add(f"{fold(name)} {born or ''}")
    return {person: "\x1f".join(sorted(names)) for person, names in shown.items()}


def about(evidence: Sequence[Evidence], row: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, str]:
    """Return the hash of each kind of thing that the row is about, by the declarations of its check."""
    said: dict[str, list[str]] = {}
    for declared in evidence:
        value = row.get(declared.label)
        if declared.about and declared.about not in {"person", "declaration"} and value is not None:
            said.setdefault(declared.about, []).append(f"{declared.label}\x1f{fold(str(value))}")
    for kind, column in (("words", ABOUT_WORDS), ("picture", ABOUT_PICTURE)):
        if row.get(column) is not None:
            said.setdefault(kind, []).append(fold(str(row[column])))
    hashes = {kind: _hash("\x1e".join(values)) for kind, values in said.items()}
    kinds = {declared.about: declared.label for declared in evidence}
    if "person" in kinds and (ids := roll_ids(row)):
        hashes["person"] = " ".join(sorted({_hash(f"{person}\x1f{people.get(person, '')}") for person in ids}))
    if "declaration" in kinds and row.get(kinds["declaration"]) == DECLARED:
        hashes["declaration"] = DECLARED
    return hashes


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
