"""The data-quality checks see counts, pass on a whole run, and name what rests on a part that is not whole."""

from datetime import date

import pytest

from checks.populations import POPULATIONS
from connectors.records import Person, RegisterRead
from tests.warehouse.rows import follow, listing_end, photo, post, profile
from warehouse.load import load
from warehouse.quality.quality_checks import (
    EVERYTHING,
    FOLLOWERS,
    QUALITY_CHECKS,
    WHO,
    failed_populations,
    quality_check,
)


def register(name: str, rows: int = 100, set_aside: int = 0) -> RegisterRead:
    return RegisterRead(
        register=name,
        file_name=f"{name}.csv",
        rows=rows,
        set_aside=set_aside,
        sha256="s",
        refreshed_on=date(2026, 11, 1),
    )


WHOLE = [
    profile("100", "Ousterly Vale"),
    *(follow(str(n)) for n in range(20)),
    listing_end(rows=20, count=21),
    post("1"),
    photo("1", "3_1"),
]
REGISTERS = [register("pupils"), register("staff"), register("photographs", rows=0)]


def quality_checked(db, run_id, records, registers=REGISTERS):
    load(db, run_id=run_id, source="x", records=records)
    load(db, run_id=run_id, source="registers", records=registers)
    return {answer.quality_check: answer for answer in quality_check(db, run_id)}


def test_a_whole_run_passes_every_quality_check_and_the_details_hold_counts_only(db, week):
    answers = quality_checked(db, week("2026-11-02"), WHOLE)

    assert [name for name, answer in answers.items() if not answer.is_passed] == []
    assert set(answers) == {one.name for one in QUALITY_CHECKS}
    assert failed_populations(list(answers.values())) == frozenset()
    assert not any("Ousterly" in answer.detail for answer in answers.values())
    assert db.execute("select count(*) from raw.quality_checks").fetchall() == [(len(QUALITY_CHECKS),)]


@pytest.mark.parametrize(
    ("records", "registers", "failing", "populations"),
    [
        ([*WHOLE[:-3], listing_end(rows=20, count=90)], REGISTERS, "follower_counts", {FOLLOWERS}),
        (WHOLE[1:], REGISTERS, "profiles_present", set(EVERYTHING)),
        ([*WHOLE, photo("2", "3_2")], REGISTERS, "references_whole", set(EVERYTHING)),
        (WHOLE, [register("pupils", 80, 20), *REGISTERS[1:]], "registers_of_people", set(WHO)),
        (WHOLE, [register("pupils", 0), *REGISTERS[1:]], "registers_of_people", set(WHO)),
        (WHOLE, REGISTERS[:2], "register_of_photographs", {"core.picture_coverage", "core.position_coverage"}),
    ],
    ids=[
        "a list far shorter than the platform's count",
        "no profile of our own",
        "a picture without its post",
        "a fifth of the pupils set aside",
        "no pupils",
        "no photographs register",
    ],
)
def test_a_part_that_is_not_whole_fails_the_quality_check_of_what_rests_on_it(
    db, week, records, registers, failing, populations
):
    answers = quality_checked(db, week("2026-11-02"), records, registers)

    assert [name for name, answer in answers.items() if not answer.is_passed] == [failing]
    assert failed_populations(list(answers.values())) == populations
    assert answers[failing].detail.startswith("Not so: ")


def test_a_list_that_halved_overnight_fails_the_growth_quality_check(db, week):
    many = [profile("100"), *(follow(str(n)) for n in range(50)), listing_end(rows=50)]
    quality_checked(db, week("2026-11-02"), many)
    few = [profile("100"), *(follow(str(n)) for n in range(20)), listing_end(rows=20)]

    answers = quality_checked(db, week("2026-11-09"), few)

    assert not answers["follower_growth"].is_passed


def pupils(count: int, name: str = "{}", born: str | None = "2016-02-{}") -> list[Person]:
    """Return pupils whose name and day of birth hold their number, where the pattern does."""
    return [
        Person(
            register="pupils",
            person_id=str(n),
            full_name=name.format(n),
            date_of_birth=date.fromisoformat(born.format(f"{n % 28 + 1:02}")) if born else None,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("people", "is_passed"),
    [
        ([*pupils(40), *pupils(1, born=None)], True),
        (pupils(40, born="2016-02-01"), False),
        (pupils(40, name="Tamsin"), False),
    ],
    ids=["each their own", "all born on one day", "all of one name"],
)
def test_pupils_who_are_all_alike_are_a_broken_export(db, week, people, is_passed):
    answer = quality_checked(db, week("2026-11-02"), WHOLE, [*REGISTERS, *people])["pupils_differ"]

    assert (answer.is_passed, set(answer.populations)) == (is_passed, set(WHO))
    assert "Tamsin" not in answer.detail
    assert "2016" not in answer.detail


def test_every_population_that_a_quality_check_guards_is_one_that_checks_count_on():
    assert set(EVERYTHING) <= set(POPULATIONS)
    assert {name for one in QUALITY_CHECKS for name in one.populations} == set(EVERYTHING)
