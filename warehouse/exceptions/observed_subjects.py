"""What a run saw and judged of the subjects that exceptions are about."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from engines.roll_ids import fold_roll_id
from policies.dates import long_date
from policies.decisions import DECLARED
from warehouse.exceptions.outcomes import Judged

Key = tuple[str, str, str, str]
Actor = tuple[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubjectStanding:
    """How one subject stands in this run, by the members of lists on which it rests, known by their hashes."""

    is_met: bool
    is_ended: bool
    ended_by: str | None
    is_suspended: bool
    is_left_out: bool
    posted_on: date | None
    members: Sequence[str]
    standing_members: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the registers of one day said of one person: on which they stood, by what names, with which accounts."""

    day: date
    registers: frozenset[str]
    names: str
    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class ObservedSubjects:
    """Every subject by population and place, those that were judged, and what each account of others has shown.

    `faces` are the public profiles by the days on which they were seen, `links` who an account may be in this run,
    `partners` the accounts for which an answer, repost, quote or like was, `edited` the newest edition of each post
    that was edited, and `lost` the people who were on a register, are on none now, and are not known to have left;
    `listed` is what the registers said of people, the oldest first, and `today` the run's day; ids are folded.
    """

    judged: Mapping[tuple[str, str, str], Sequence[Judged]]
    subjects: Mapping[Key, SubjectStanding]
    seen: frozenset[Key]
    unjudged: frozenset[Key]
    faces: Mapping[Actor, Sequence[tuple[date, str]]]
    links: frozenset[tuple[str, str, str]]
    partners: Mapping[tuple[str, str, str], frozenset[str]]
    edited: Mapping[tuple[str, str, str], str]
    lost: frozenset[str]
    listed: Mapping[str, Sequence[Listed]]
    today: date

    def of(self, row: Row) -> Judged | None:
        """Return what the row's check could see of the row's official account; None where no clause asks for it."""
        places = self.judged.get((row["check_id"], row["platform"], row["account_id"]), ())
        said = row["platform"], row["concerns"], json.loads(row["evidence"])
        asked = [judged for judged in places if judged.only.holds(*said)]
        return reduce(Judged.beside, asked) if asked else None

    def subject(self, row: Row) -> SubjectStanding | None:
        """Return how the row's subject stands; None where no list held it, or that was deleted for its age."""
        judged = self.of(row)
        return self.subjects.get(_key(row, judged)) if judged else None

    def was_unjudged(self, row: Row) -> bool:
        """Say whether this run had the row's subject before it and could not judge it."""
        judged = self.of(row)
        return judged is not None and _key(row, judged) in self.unjudged

    def was_judged(self, row: Row, *, is_passed_on: bool = False) -> bool:
        """Say whether this run judged the row's subject, and would have found it if it were as it was then.

        An account whose profile has changed, or that still bears the name of the same person, has not been judged to
        be nobody's; nor has an account of somebody whom a register has merely lost, or calls otherwise now: the account
        did not change. `is_passed_on` says that a case of another check has the account and the person now.
        """
        judged = self.of(row)
        if judged is None or not judged.may_close:
            return False
        key = _key({**row, "subject_id": self.newest_edition(row)}, judged)
        subject = self.subjects.get(key)
        is_too_old = judged.since and subject and subject.posted_on and subject.posted_on <= judged.since
        is_lost = not self.lost.isdisjoint(people_of(row))
        if key not in self.seen or key in self.unjudged or is_too_old or is_lost:
            return False
        if is_passed_on:
            return all("registers" in self._differs(person, row["last_seen"]) for person in people_of(row))
        return not self.has_changed(row, row["last_seen"]) and not self._is_still_somebodys(row)

    def places_of_people(self, row: Row) -> set[tuple[str, ...]]:
        """Return the row's subject among those of its kind, with each person whose account it is said to be."""
        judged, is_link = self.of(row), "band" in json.loads(row["evidence"])
        return {(*_key(row, judged), person) for person in people_of(row)} if judged and is_link else set()

    def newest_edition(self, row: Row) -> str:
        """Return the id under which the row's subject stands now: an edited post has a new one."""
        subject_id: str = row["subject_id"]
        if row["subject_kind"] != "post":
            return subject_id
        return self.edited.get((row["platform"], row["account_id"], subject_id), subject_id)

    def has_changed(self, row: Row, day: date) -> bool:
        """Say whether the profile of an account that the row is about has changed since that day."""
        return any(self._face(actor, day) != self._face(actor, date.max) for actor in self._actors(row))

    def _actors(self, row: Row) -> Iterable[Actor]:
        if row["subject_kind"] == "actor":
            return [(row["platform"], row["subject_id"])]
        here = (row["platform"], row["account_id"], row["subject_id"])
        judged = self.of(row)
        if judged is None or not judged.population.has_partners:
            return []
        return [(row["platform"], actor) for actor in self.partners.get(here, ())]

    def _face(self, actor: Actor, day: date) -> str | None:
        faces = self.faces.get(actor, ())
        place = bisect_right(faces, day, key=lambda seen: seen[0])
        return faces[place - 1][1] if place else None

    def _is_still_somebodys(self, row: Row) -> bool:
        people, day = people_of(row), row["last_seen"]
        if any((*actor, person) in self.links for actor in self._actors(row) for person in people):
            return True
        differences = [self._differs(person, day) for person in people if self._now(person)]
        if is_declared(row):
            return any(differs != {"accounts"} for differs in differences)
        return any("band" in json.loads(row["evidence"]) or differs - {"accounts"} for differs in differences)

    def told(self, row: Row, day: date) -> str | None:
        """Return what the registers say otherwise of whom the row is about than on that day; None where nothing."""
        differs = set[str]().union(*(self._differs(person, day) for person in people_of(row)))
        for what, says in _TOLD.items():
            if what in differs and (what != "accounts" or is_declared(row)):
                return f"{says} than on {long_date(day)}, which does not put this right: look whose it is."
        return None

    def _differs(self, person: str, day: date) -> set[str]:
        """Return in what the registers of this run and of that day differ about a person who is on one now."""
        then, now = self._then(person, day), self._now(person)
        if not then or not now:
            return set()
        said = {name for name in ("names", "accounts") if getattr(then, name) != getattr(now, name)}
        return said | ({"registers"} if now.registers.isdisjoint(then.registers) else set())

    def _now(self, person: str) -> Listed | None:
        return listed if (listed := self._then(person, date.max)) and listed.day == self.today else None

    def _then(self, person: str, day: date) -> Listed | None:
        known = self.listed.get(person, ())
        place = bisect_right(known, day, key=lambda listed: listed.day)
        return known[place - 1] if place else None


_TOLD = {
    "registers": "The person is on another register now",
    "names": "A register gives the person another name now",
    "accounts": "The registers declare another account, or none, for the person now",
}


def is_declared(row: Row) -> bool:
    """Say whether the row rests on a register's word that the account is somebody's."""
    return bool(json.loads(row["evidence"]).get("band") == DECLARED)


def people_of(row: Row) -> list[str]:
    """Return the folded roll ids of whom a row is about."""
    ids = str(json.loads(row["evidence"]).get("roll_id") or "").split(",")
    return [fold_roll_id(roll_id) for roll_id in ids if roll_id.strip()]


def _key(row: Row, judged: Judged) -> Key:
    return (judged.population.view, row["platform"], row["account_id"], row["subject_id"])
