"""The sets to tune and to measure on, and how each is split; they lie beside the project, never in it."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from engines.people.model import ActorProfile, RegisterPerson, Role, SchoolNames

FOLDER = Path(__file__).parents[3].parent / "shared" / "dev" / "identity"
SCHOOLS = {
    name: FOLDER / path
    for name, path in {"s0": "school", "s1": "school_more/r1", "s2": "school_more/r2", "s3": "school_more/r3"}.items()
}
Half = Literal["tune", "report"]


@dataclass(frozen=True, slots=True)
class DevSet:
    """One register, one file of accounts, and who owns each account (a parent too, where the file says so)."""

    name: str
    people: Sequence[RegisterPerson]
    actors: Sequence[ActorProfile]
    school: SchoolNames
    as_of: date | None
    truth: Mapping[str, frozenset[str]]
    parents: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    findable: frozenset[str] = frozenset()  # the accounts of pupils that show enough to be found


def school(name: str) -> DevSet:
    """Return one of the invented schools, parents among its people."""
    folder = SCHOOLS[name]
    about = json.loads((folder / "school.json").read_text(encoding="utf-8"))
    people = [*(_person(row, cast("Role", row["role"])) for row in _rows(folder / "roll.csv"))]
    people += [_parent(row) for row in _rows(folder / "contacts.csv")]
    rows = _rows(folder / "truth.csv")
    names = SchoolNames(about["name"], (about["abbreviation"], *about["aliases"]), about["town"], about["county"])
    return DevSet(
        name,
        people,
        [_actor(row) for row in _rows(folder / "accounts.csv")],
        names,
        date.fromisoformat(about["as_of"]),
        _truth(rows, "person_id"),
        _truth(rows, "contact_id"),
        {row["account_id"]: row["kind"] + (f"/{row['style']}" if row["person_id"] else "") for row in rows},
        frozenset(row["account_id"] for row in rows if row["kind"] == "pupil" and row["reachable"] == "1"),
    )


def public_figures(half: Half | None = None, country: str | None = None) -> DevSet:
    """Return the public figures, or a country's; a half holds the people and accounts whose hashes fall into it."""
    folder = FOLDER / "public_figures"
    rows, roll, accounts = (
        [row for row in _rows(folder / f"{name}.csv") if country in {None, row["set"]}]
        for name in ("truth", "roll", "accounts")
    )
    people, actors = [_person(row, cast("Role", "member")) for row in roll], [_actor(row) for row in accounts]
    owner = {row["account_id"]: row["person_id"] for row in rows}
    if half:
        people = [one for one in people if half_of(one.person_id) == half]
        actors = [one for one in actors if half_of(owner[one.actor_id] or one.actor_id) == half]
        kept = {one.actor_id for one in actors}
        rows = [row for row in rows if row["account_id"] in kept]
    kinds = {row["account_id"]: f"{row['kind']}/{row['link_class']}" for row in rows}
    return DevSet(
        f"figures-{half or 'all'}", people, actors, SchoolNames(""), None, _truth(rows, "person_id"), {}, kinds
    )


def half_of(ident: str) -> Half:
    """Return the half into which an id falls, whatever else the set holds."""
    return "tune" if hashlib.sha256(ident.encode()).digest()[0] % 2 else "report"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _truth(rows: Sequence[Mapping[str, str]], column: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.get(column):
            found.setdefault(row["account_id"], set()).add(row[column])
    return {account: frozenset(owners) for account, owners in found.items()}


def _person(row: Mapping[str, str], role: Role) -> RegisterPerson:
    born = row.get("date_of_birth")
    kept = (
        "person_id",
        "title",
        "given_names",
        "surname",
        "known_as",
        "other_names",
        "full_name",
        "year_group",
        "class_name",
        "job_title",
    )
    return RegisterPerson(
        role=role,
        date_of_birth=date.fromisoformat(born) if born else None,
        **{name: row[name] for name in kept if row.get(name)},
    )


def _parent(row: Mapping[str, str]) -> RegisterPerson:
    return RegisterPerson(
        role="parent",
        person_id=row["contact_id"],
        given_names=row["given_names"],
        surname=row["surname"],
        related_ids=row["pupil_ids"],
    )


def _actor(row: Mapping[str, str]) -> ActorProfile:
    return ActorProfile(
        platform=row["platform"],
        actor_id=row["account_id"],
        handle=row["handle"] or None,
        display_name=row["display_name"] or None,
        bio=row["bio"] or None,
        location=row["location"] or None,
    )
