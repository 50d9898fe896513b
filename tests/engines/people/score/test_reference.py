"""The fast way agrees with a slow and plain one: every part of a name is looked for everywhere, and odds are sums."""

from collections.abc import Container
from datetime import date
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from engines.people.candidates.adjacent import adjacent_text
from engines.people.candidates.alignment import PartPair, align_names, best_parts
from engines.people.candidates.model import NO_PART, NamePart
from engines.people.candidates.residual import ResidualExplainer, word_kinds
from engines.people.matching import LEAST_PROBABILITY, match_people, ranked_accounts
from engines.people.model import RegisterPerson
from engines.people.register.model import NameIndex, Parts
from engines.people.register.name_index import build_name_index
from engines.people.text.lookup import find_parts, longest_by_start
from engines.people.text.model import Segmentation
from engines.people.text.segmentation import segment
from tests.engines.people.faces import SCHOOL, actor

NAMES = st.text(alphabet="abdeilmnort", min_size=2, max_size=7)
PEOPLE = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8)
HANDLES = st.lists(st.one_of(NAMES, st.sampled_from(["_", ".", "07", "its"])), min_size=1, max_size=4).map("".join)

BIOS = st.lists(
    st.sampled_from(
        ["OVS", "y8", "8D", "8 yrs old", "Mum of two", "Ousterly", "Marlcombe Academy", "roblox", "Teacher", "Director"]
    ),
    max_size=4,
).map(" | ".join)
CROWD = [actor("Velvet", handle=f"maple{n}", actor_id=f"c{n}") for n in range(50)]


def _roll(names: list[tuple[str, str]]) -> list[RegisterPerson]:
    return [
        RegisterPerson(
            role=("pupil", "staff", "parent", "governor", "leaver")[n % 5],
            person_id=f"p{n}",
            given_names=given_names,
            surname=surname,
            year_group=str(n + 1),
            class_name=f"{n + 1}D",
            date_of_birth=date(2010 + n, 3, 2),
            title="Miss",
            job_title="Teacher",
            related_ids="p0",
        )
        for n, (given_names, surname) in enumerate(names)
    ]


def _slow(one: Segmentation, parts: Parts, misspelt: Container[str] = ()) -> set[tuple[int, int]]:
    letters, bounds, found = one.letters, set(one.bounds), set()
    for part in parts:
        for a in range(len(letters) - len(part) + 1):
            b = a + len(part)
            if letters[a:b] != part:
                continue
            is_plain = (a in bounds and b in bounds) or (len(part) > 3 and part not in misspelt)
            if len(part) >= 3 and (is_plain or _may_stand_beside_the_rest(one, a, b, parts)):
                found.add((a, b))
            if len(part) == 2 and is_plain:
                found.add((a, b))
    return found


def _may_stand_beside_the_rest(one: Segmentation, a: int, b: int, parts: Parts) -> bool:
    before = one.letters[max(place for place in one.bounds if place <= a) : a]
    after = one.letters[b : min(place for place in one.bounds if place >= b)]
    levels = {entry.level for entry in parts[one.letters[a:b]] if entry.kind == "surname"}
    takes_initial = bool(levels) and (levels != {"misspelt"} or b - a >= 6)
    if before and not (before in parts or before == "x" or (len(before) == 1 and takes_initial)):
        return False
    return len(after) < 3 or any(part.startswith(after[:3]) for part in parts)


@given(PEOPLE, HANDLES)
def test_looking_up_finds_what_comparing_with_everybody_finds(names: list[tuple[str, str]], handle: str) -> None:
    roll = build_name_index(_roll(names))
    one = segment(handle)

    found = find_parts(one, roll.parts, longest_by_start(roll.parts), roll.misspelt)

    assert {(a, b) for a, b, *_ in found} == _slow(one, roll.parts, roll.misspelt)


@given(PEOPLE, HANDLES)
def test_those_who_are_read_together_are_read_as_each_would_be_alone(names: list[tuple[str, str]], handle: str) -> None:
    people = _roll(names)
    roll, one = build_name_index(people), segment(handle)
    reader = ResidualExplainer(word_kinds(frozenset(), frozenset()), roll)

    found_parts = find_parts(one, roll.parts, longest_by_start(roll.parts), roll.misspelt)
    faces = align_names(one, found_parts, roll, reader)

    found = [(i, shape) for shape, everybody in faces for i in everybody]
    assert len(found) == len({i for i, _ in found})
    assert {i: (shape.given, shape.surname, shape.middle) for i, shape in found} == {
        i: best[:3] for i in range(len(people)) if (best := _alone(one, i, roll))[:2] != (NO_PART, NO_PART)
    }


def _alone(one: Segmentation, person: int, roll: NameIndex) -> PartPair:
    """Return the best reading for one person, without the others."""
    spans = sorted(_slow(one, roll.parts, roll.misspelt))
    given, surname = (
        [
            NamePart(bearers.level, one.letters[a:b], (a, b))
            for a, b in spans
            for bearers in roll.parts[one.letters[a:b]]
            if bearers.kind == kind and person in bearers.people
        ]
        for kind in ("given", "surname")
    )
    return best_parts(one, given, surname, roll.person_forms[person], lambda span: adjacent_text(one, span))


@given(PEOPLE, HANDLES, BIOS)
def test_nobody_who_is_probable_enough_is_lost_by_ending_early(
    names: list[tuple[str, str]], handle: str, bio: str
) -> None:
    people, shown = _roll(names), [actor(None, bio, handle=handle), *CROWD]

    found = match_people(people, shown, SCHOOL)

    assert sorted((one.actor_id, one.person_id) for one in found) == sorted(
        (account.actor_id, one.person_forms.person.person_id)
        for account, everybody in ranked_accounts(people, shown, SCHOOL)
        for one in everybody
        if one.probability >= LEAST_PROBABILITY
    )


@given(PEOPLE, HANDLES)
def test_the_odds_are_the_sums_of_the_evidence_against_everybody_elses(
    names: list[tuple[str, str]], handle: str
) -> None:
    for _, everybody in ranked_accounts(_roll(names), [actor(None, "OVS", handle=handle)], SCHOOL):
        mass = [2**one.total for one in everybody]
        for one, own in zip(everybody, mass, strict=True):
            if not one.is_co_owner:
                assert isclose(one.probability, own / (1 + sum(mass)), rel_tol=1e-6, abs_tol=1e-12)
