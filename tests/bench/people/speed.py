"""How fast the matcher is on one core: by the size of the roll, and on a big list made by program."""

import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context

from demo.school.cast import RegisterEntry
from demo.school.crowd import Crowd
from demo.school.people import SchoolRegisters, registers
from demo.school.story import WEEKS
from engines.people.matching import match_people
from engines.people.model import ActorProfile, RegisterPerson, Role, SchoolNames
from tests.bench.people import sets

ROLL, ACCOUNTS, TIMES = 2_000, 100_000, 5
SCHOOL = SchoolNames("Ousterly Vale School", ("OVS", "Ousterly Vale", "Ousterly Vale High"), "Ousterly", "Marchshire")
AS_OF = date(2026, 11, 20)


def by_roll() -> str:
    """Return lines that say how many accounts of one school are matched in a second against growing rolls."""
    given = sets.school("s3")
    own = sorted(given.people, key=lambda one: one.role == "parent")
    others = [replace(one, person_id=f"{name}-{one.person_id}", related_ids=None)
              for name in ("s0", "s1", "s2") for one in sets.school(name).people if one.role != "parent"]  # fmt: skip
    people = [*own, *others][:ROLL]
    sizes = (126, 505, len(own), ROLL)
    taken = [min(_seconds(people[:size], given) for _ in range(TIMES)) for size in sizes]
    return "\n".join(
        f"  speed, {size:5,} people: {len(given.actors) / seconds:6,.0f} accounts a second on one core; "
        f"{size / sizes[0]:4.1f} times the people take {seconds / taken[0]:.1f} times as long"
        for size, seconds in zip(sizes, taken, strict=True)
    )


def big_list() -> str:
    """Return what the big list took, in a process of its own, so that the memory is its own too."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as alone:
        seconds, mebibytes = alone.submit(_big_list).result()
    return (
        f"  {ACCOUNTS:,} invented accounts against {ROLL:,} invented people: {seconds:.1f} s on one core, "
        f"{ACCOUNTS / seconds:,.0f} a second, {mebibytes:,.0f} MiB at most"
    )


def _seconds(people: Sequence[RegisterPerson], given: sets.DevSet) -> float:
    begun = time.process_time()
    match_people(people, given.actors, given.school, as_of=given.as_of)
    return time.process_time() - begun


def _big_list() -> tuple[float, float]:
    everybody = registers(WEEKS[0])
    people, actors = demo_people(everybody)[:ROLL], demo_actors(everybody, ACCOUNTS)
    begun = time.process_time()
    match_people(people, actors, SCHOOL, as_of=AS_OF)
    return time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def demo_people(everybody: SchoolRegisters) -> list[RegisterPerson]:
    """Return everybody on the invented town's registers."""
    by_role: Sequence[tuple[Role, Sequence[RegisterEntry]]] = (
        ("pupil", everybody.pupils),
        ("staff", everybody.staff),
        ("governor", everybody.governors),
        ("leaver", everybody.leavers),
        ("parent", everybody.parents),
    )
    return [
        RegisterPerson(
            role=role,
            person_id=one.person_id,
            title=one.title or None,
            given_names=one.given_names,
            surname=one.surname,
            known_as=one.known_as or None,
            date_of_birth=one.born_on,
            year_group=one.year_group or None,
            class_name=one.class_name or None,
            job_title=one.job_title or None,
            related_ids=";".join(one.related_ids) or None,
        )
        for role, entries in by_role
        for one in entries
    ]


def demo_actors(everybody: SchoolRegisters, count: int) -> list[ActorProfile]:
    """Return so many accounts of the invented town's crowd."""
    return [
        ActorProfile(
            platform="x",
            actor_id=user.id,
            handle=user.username,
            display_name=user.name or None,
            bio=user.description or None,
            location=user.location or None,
        )
        for user in Crowd(everybody).users(count)
    ]
