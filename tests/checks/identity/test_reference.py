"""The fast way agrees with a slow and plain one: every part of a name is looked for everywhere, and odds are sums."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from checks.identity.handle import spelt
from checks.identity.hits import hits_in
from checks.identity.match import explanations
from checks.identity.model import Person
from checks.identity.roll import build_roll, starts_of
from tests.checks.identity.faces import SCHOOL, actor

NAMES = st.text(alphabet="abdeilmnort", min_size=2, max_size=7)
PEOPLE = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8)
HANDLES = st.lists(st.one_of(NAMES, st.sampled_from(["_", ".", "07", "its"])), min_size=1, max_size=4).map("".join)


def _roll(names: list[tuple[str, str]]) -> list[Person]:
    return [
        Person(role="pupil", person_id=f"p{n}", given_names=given_names, surname=surname)
        for n, (given_names, surname) in enumerate(names)
    ]


def _slow(letters: str, bounds: set[int], parts: list[str]) -> set[tuple[int, int]]:
    found = set()
    for part in parts:
        for a in range(len(letters) - len(part) + 1):
            b = a + len(part)
            if letters[a:b] != part:
                continue
            ends = (a in bounds) + (b in bounds)
            if len(part) > 3 or (len(part) == 3 and ends) or ends == 2:
                found.add((a, b))
    return found


@given(PEOPLE, HANDLES)
def test_looking_up_finds_what_comparing_with_everybody_finds(names: list[tuple[str, str]], handle: str) -> None:
    roll = build_roll(_roll(names))
    one = spelt(handle)

    fast = {(a, b) for a, b, *_ in hits_in(one, roll.parts, starts_of(roll.parts))}

    assert fast == _slow(one.letters, set(one.bounds), list(roll.parts))


@given(PEOPLE, HANDLES)
def test_the_odds_are_the_sums_of_the_evidence_against_everybody_elses(
    names: list[tuple[str, str]], handle: str
) -> None:
    for _, everybody in explanations(_roll(names), [actor(None, "OVS", handle=handle)], SCHOOL):
        mass = [2**one.total for one in everybody]
        for one, own in zip(everybody, mass, strict=True):
            if not one.is_together:
                assert isclose(one.probability, own / (1 + sum(mass)), rel_tol=1e-6, abs_tol=1e-12)
