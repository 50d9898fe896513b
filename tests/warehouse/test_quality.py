"""The data-quality checks see counts, pass on a whole run, and name what rests on a part that is not whole."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.records import Comment, MediumFile, Person, RegisterRead
from policies.populations import POPULATIONS, PULLED
from tests.warehouse.rows import follow, listing_end, photo, post, profile
from warehouse.quality import expectations
from warehouse.quality.expectations import check_quality, failed_populations, keep_quality
from warehouse.quality.quality_checks import FOLLOWERS, QUALITY_CHECKS, WHO
from warehouse.store.load import load


def _asked() -> int:
    """Return how often Great Expectations was asked in this process."""
    there = expectations._frames.cache_info()
    return there.hits + there.misses


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


class Kept(set[tuple[str, ...]]):
    """What an edition of the program keeps that it has proved."""

    def has(self, what: Sequence[str]) -> bool:
        return tuple(what) in self

    def keep(self, what: Sequence[str]) -> None:
        self.add(tuple(what))


def quality_checked(db, run_id, records, registers=REGISTERS):
    load(db, run_id=run_id, source="x", records=records)
    load(db, run_id=run_id, source="registers", records=registers)
    answers = check_quality(db, run_id)
    asked = _asked()
    assert (check_quality(db, run_id), _asked()) == (answers, asked)  # both counted alike, once for each kind of answer
    keep_quality(db, run_id, answers)
    return {answer.quality_check: answer for answer in answers}


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
        (WHOLE[1:], REGISTERS, "profiles_present", set(PULLED)),
        ([*WHOLE, photo("2", "3_2")], REGISTERS, "references_whole", set(PULLED)),
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


def person(number: int, *, born: str = "2014-02-01", **more: str) -> Person:
    values = {"register": "pupils", "person_id": f"P{number}", "full_name": f"Tamsin Tolliver {number}"} | more
    return Person(**values, date_of_birth=date.fromisoformat(born))


SCHOOL = [person(n, born=f"2014-02-{n + 1:02}") for n in range(20)]
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def remark(number: str, **more: Any) -> Comment:
    values = {
        "platform": "x", "account_id": "100", "comment_id": number, "post_id": "1", "parent_id": None, "actor_id": "7",
        "kind": "reply", "posted_at": datetime(2026, 10, 1, tzinfo=UTC), "text": "Rosalind Thistlewood was here",
    }  # fmt: skip
    return Comment(**(values | more))


def fetched(medium: str, sha256: str) -> MediumFile:
    values = {"platform": "x", "medium_id": medium, "url": "https://pbs.twimg.com/a.jpg", "sha256": sha256}
    return MediumFile(**values, body=b"", content_type="image/jpeg", width=1, height=1, problem=None)


STAFF_TOO = [*SCHOOL[:10], *(replace(one, register="staff") for one in SCHOOL[:10])]
NAMELESS = [*(replace(one, full_name=" ") for one in SCHOOL[:3]), *SCHOOL[3:]]
AGED = [replace(one, date_of_birth=date(1914, 2, n + 1)) for n, one in enumerate(SCHOOL)]


@pytest.mark.parametrize(
    ("records", "people", "failing"),
    [
        (
            [follow("a handle"), post("2", kind="story"), remark("3", kind="shout"), fetched("3_1", "no checksum")],
            SCHOOL,
            {"follow_rows", "post_rows", "comment_rows", "picture_rows"},
        ),
        (
            [
                follow("UCa b", platform="youtube", account="UC1"),
                post("2", posted_at=LONG_AGO),
                remark("3", actor_id=" "),
            ],
            NAMELESS,
            {"follow_rows", "post_rows", "comment_rows", "register_rows"},
        ),
        (
            [follow("7", account="999"), post("2", account_id="999")],
            AGED,
            {"follow_rows", "post_rows", "register_rows"},
        ),
        ([], STAFF_TOO, {"register_rows"}),
    ],
    ids=[
        "other kinds and other ids",
        "of 1970, and by nobody",
        "not ours, and a hundred years old",
        "pupils and staff",
    ],
)
def test_rows_that_cannot_be_right_fail_the_check_of_their_table(db, week, records, people, failing):
    answers = quality_checked(db, week("2026-11-09"), [*WHOLE, remark("2"), *records], [*REGISTERS, *people])

    assert {name for name, answer in answers.items() if not answer.is_passed} == failing


def test_what_was_proved_at_this_edition_is_not_asked_of_great_expectations_in_another_process(db, week):
    load(db, run_id=(run_id := week("2026-11-02")), source="x", records=WHOLE)
    expectations._agreed.clear()
    kept = Kept()
    answers = check_quality(db, run_id, agreed=kept)
    asked, _ = _asked(), expectations._agreed.clear()  # as in a process that has just begun

    assert (check_quality(db, run_id, agreed=kept), _asked()) == (answers, asked)


def test_where_great_expectations_counts_otherwise_its_word_stands_and_it_is_asked_again(db, week):
    load(db, run_id=(run_id := week("2026-11-02")), source="x", records=[*WHOLE, follow("77\n")])
    expectations._agreed.clear()
    kept = Kept()

    for _ in range(2):  # to it alone an end of line ends a text
        asked, answers = _asked(), {one.quality_check: one for one in check_quality(db, run_id, agreed=kept)}
        assert answers["follow_rows"].is_passed
        assert [kind for kind in kept if "x_id" in str(kind) or "{1,20}" in str(kind)] == []
        assert _asked() > asked


def test_rows_as_they_should_be_pass_every_check(db, week):
    answers = quality_checked(
        db, week("2026-11-02"), [*WHOLE, remark("2"), fetched("3_1", "a" * 64)], [*REGISTERS, *SCHOOL]
    )

    assert [name for name, answer in answers.items() if not answer.is_passed] == []


def test_one_mistake_in_a_register_is_no_broken_export(db, week):
    people = [*SCHOOL, replace(SCHOOL[0], register="leavers"), person(90, born="1914-02-01")]

    answers = quality_checked(db, week("2026-11-02"), WHOLE, [*REGISTERS, *people])

    assert answers["register_rows"].is_passed


def test_a_register_of_pupils_of_the_year_before_last_is_stale(db, week):
    old = replace(REGISTERS[0], refreshed_on=date(2025, 9, 1))

    answers = quality_checked(db, week("2026-11-02"), WHOLE, [old, *REGISTERS[1:]])

    assert [name for name, answer in answers.items() if not answer.is_passed] == ["pupils_fresh"]


def test_a_match_with_nobody_on_a_register_fails(db, week):
    run_id = week("2026-11-02")
    db.execute(
        "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best) "
        "values (?, 'x', '1', 'P77', 'pupil', 'likely', 0.9, '', true)",
        [run_id],
    )

    assert not quality_checked(db, run_id, WHOLE, [*REGISTERS, *SCHOOL])["match_rows"].is_passed


def test_a_list_that_shrinks_week_by_week_is_compared_with_the_weeks_before(db, week):
    for day, rows in (("2026-10-05", 90), ("2026-10-12", 80), ("2026-10-19", 55), ("2026-10-26", 30)):
        few = [profile("100"), *(follow(str(n)) for n in range(rows)), listing_end(rows=rows)]
        answers = quality_checked(db, week(day), few)

    assert answers["follower_growth"].is_passed
    assert not answers["list_volume"].is_passed


def test_the_technicians_page_holds_counts_and_nobodys_name_and_fetches_nothing(db, week, tmp_path):
    run_id = week("2026-11-02")
    people = [person(n, born="1914-02-01", full_name="Rosalind Thistlewood") for n in range(20)]
    bad = [profile("100", "Rosalind Thistlewood"), follow("rosie_t"), remark("3", actor_id="rosie_t", kind="rosie_t")]
    load(db, run_id=run_id, source="x", records=[*bad, post("1", "Rosalind Thistlewood", kind="rosie_t")])
    load(db, run_id=run_id, source="registers", records=[*REGISTERS, *people])

    answers = check_quality(db, run_id, pages=tmp_path / "quality")

    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "quality").iterdir()}
    assert set(pages) == {"index.html"}
    assert [one.name for one in QUALITY_CHECKS if f"<h2>{one.name}: " not in pages["index.html"]] == []
    assert not all(answer.is_passed for answer in answers)
    planted = re.compile(r"rosie_t|Rosalind|Thistlewood|1914|\bP1\b", re.IGNORECASE)
    assert [name for name, page in pages.items() if planted.search(page)] == []
    abroad = re.compile(r"https?:|//[a-z]|\bsrc=|<script|<link|<img|url\(|@import|\\son[a-z]+=\"", re.IGNORECASE)
    assert {name: found.group() for name, page in pages.items() if (found := abroad.search(page))} == {}
    assert '<h2>register_rows: <span class="failed">failed</span></h2>' in pages["index.html"]
    assert "unexpected count 20" in pages["index.html"]
    assert all((path.stat().st_mode & 0o077) == 0 for path in (tmp_path / "quality").iterdir())


def test_every_population_that_a_quality_check_guards_is_one_that_checks_count_on():
    assert set(PULLED) <= set(POPULATIONS)
    assert {name for one in QUALITY_CHECKS for name in one.populations} == set(PULLED)


def test_great_expectations_comes_without_the_libraries_that_no_check_of_ours_uses() -> None:
    program = (
        "import sys\n"
        "from warehouse.quality.expectations import _frames\n"
        "_frames()\n"
        "print([name for name in ('altair', 'scipy.stats', 'boto3', 'botocore') if name in sys.modules])\n"
        "import boto3\n"
        "from scipy import stats\n"
        "print(boto3.client.__name__, stats.norm.cdf(0))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout.splitlines() == ["[]", "client 0.5"]


def test_great_expectations_comes_where_the_libraries_that_no_check_of_ours_uses_are_not_installed() -> None:
    program = (
        "import sys\n"
        "class Lacking:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'altair', 'narwhals', 'scipy', 'boto3', 'botocore'}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Lacking())\n"
        "from warehouse.quality.expectations import _frames\n"
        "_frames()\n"
        "try:\n"
        "    import scipy\n"
        "except ModuleNotFoundError:\n"
        "    print('lacking')\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (said.stdout, said.stderr) == ("lacking\n", "")
