"""No number below five of the governors' pages can be known: not from a cell, a total, nor from last week's page."""

import json
from itertools import product

import pytest
from openpyxl import load_workbook

from dashboards.report import read, small_numbers, write_report
from dashboards.report.read import read_week
from dashboards.report.small_numbers import Band, band, in_all
from dashboards.report.write import page
from tests.dashboards.attacker import Attacker, bounds_of
from tests.dashboards.copies import add, copy
from tests.published_text import text_of

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30")
# How many are open under each clause, week by week, and which of them are new: what an attacker hopes for.
OPEN = {
    "a-quiet-rise": ((1, 1), (2, 1), (3, 1), (4, 1), (4, 0)),
    "a-quiet-fall": ((4, 4), (3, 0), (2, 0), (1, 0), (0, 0)),
    "one-less": ((7, 7), (6, 0), (5, 0), (5, 0), (4, 0)),
    "one-more": ((10, 2), (11, 1), (12, 1), (13, 1), (14, 1)),
    "steady": ((12, 0), (12, 0), (12, 0), (12, 0), (12, 0)),
    "comes": ((0, 0), (0, 0), (3, 3), (9, 6), (30, 21)),
}


def copy_of_five_weeks():
    db = copy(runs="run_id     | as_of\n-----------+------\n" + "\n".join(f"{day} | {day}" for day in WEEKS))
    for number, clause in enumerate(OPEN):
        for day in WEEKS:
            add(db, "clauses", run_id=day, clause=clause, ref=str(number), says="A clause", number=number,
                checks=clause.replace("-", "_"))  # fmt: skip
    for (clause, weeks), (week, day) in product(OPEN.items(), enumerate(WEEKS)):
        how_many, new = weeks[week]
        for number in range(how_many):
            status = "new" if number < new else "open"
            due_on = "2026-10-05" if number == how_many - 1 and week > 2 else "2027-01-04"
            add(db, "exceptions", run_id=day, clause=clause, check_id=clause.replace("-", "_"), status=status,
                due_on=due_on, fingerprint=f"{number:03}{clause}{day}")  # fmt: skip
    return db


def written(folder, tier="governors"):
    db = copy_of_five_weeks()
    for day in WEEKS:
        write_report(db, folder / day, run_id=day, tier=tier)
    return [folder / day for day in WEEKS]


def attacked(folders):
    attacker = Attacker()
    attacker.reads(folders)
    return attacker.found_out()


def test_no_number_below_five_is_found_out_from_five_weeks_of_pages_and_files(tmp_path):
    assert attacked(written(tmp_path)) == {}


def test_without_the_bands_the_same_attacker_finds_them(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "shown", exact)

    found = attacked(written(tmp_path))

    assert found[0, ("ousterly-vale-2026", "a-quiet-rise", "a_quiet_rise", "high", *LAST), "open"] == 1
    assert len(found) > 10


def test_with_bands_and_a_true_total_the_same_attacker_finds_some(tmp_path, monkeypatch):
    true = iter([sum(weeks[week][0] for weeks in OPEN.values()) for week in range(len(WEEKS))])
    totals = {}

    def total(bands):
        bands = tuple(bands)
        return str(totals.setdefault(bands, next(true)) if len(bands) > 3 else in_all(bands))

    monkeypatch.setattr(small_numbers, "band", lambda n: Band(n, n) if n >= 5 or not n else Band(1, 4))
    monkeypatch.setattr(small_numbers, "in_all", total)

    assert attacked(written(tmp_path)) != {}


LAST = ("enterprise_and_technology_lead", "Pupils are not accepted as followers of the school's accounts.")


def exact(counts):
    """Return the counts as they are, as if there were no band."""
    cells = small_numbers.shown(counts)
    true = [row.standing for row in counts if row.standing]
    return tuple(
        small_numbers.ShownCount(*(getattr(cell, name) for name in small_numbers.COUNT_COLUMNS[:7]),
                                 Exact(number, number), cell.has_new, cell.has_late, cell.finding)
        for cell, number in zip(cells, true, strict=True)
    )  # fmt: skip


class Exact(Band):
    """A band of one number, told as it is."""

    def __str__(self):
        return str(self.low)


def test_nothing_open_is_said_to_be_nothing_and_every_file_tells_the_same_bands(tmp_path):
    folder = written(tmp_path)[0]
    [counts] = [json.loads((folder / "governors.json").read_text())["counts"]]

    assert {row["clause"]: row["open_now"] for row in counts} == {
        "a-quiet-rise": "fewer than 5", "a-quiet-fall": "fewer than 5", "one-less": "5 to 9", "one-more": "10 to 14",
        "steady": "10 to 14",
    }  # fmt: skip
    for name in ("governors.csv", "governors.xlsx", "governors.html"):
        assert "fewer than 5" in text_of(folder / name).casefold()
    for name in ("governors.csv", "governors.html"):
        assert "comes" not in text_of(folder / name).replace("Checked by comes.", "")
    assert "comes" not in {row[1] for row in load_workbook(folder / "governors.xlsx")["Counts"].values}


@pytest.mark.parametrize("tier", ["governors", "headteacher"])
def test_what_these_tiers_read_holds_no_count_of_a_cell_at_all(tier):
    week = read_week(copy_of_five_weeks(), run_id=WEEKS[0], tier=tier)

    assert (week.counts, week.exceptions, week.unread_texts, week.registers, week.costs) == ((), (), (), (), ())
    assert {(row.platform_count, row.fetched, row.judged) for row in week.account_coverage} <= {(None, None, None)}
    assert "27 or more open" in page(week)


@pytest.mark.parametrize(
    ("number", "words", "bounds"),
    [(0, "0", (0, 0)), (1, "fewer than 5", (1, 4)), (4, "fewer than 5", (1, 4)), (5, "5 to 9", (5, 9)),
     (9, "5 to 9", (5, 9)), (10, "10 to 14", (10, 14)), (1_234, "1,230 to 1,234", (1_230, 1_234))],
)  # fmt: skip
def test_a_number_is_told_by_its_band(number, words, bounds):
    assert (str(band(number)), bounds_of(words)) == (words, bounds)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], "0"), ([0, 0], "0"), ([3], "fewer than 5"), ([3, 0], "fewer than 5"), ([1, 2], "2 or more"),
     ([4, 4], "2 or more"), ([12, 3], "11 or more")],
)  # fmt: skip
def test_several_come_to_what_their_bands_come_to_at_least(numbers, words):
    assert in_all(map(band, numbers)) == words


def test_what_counts_things_and_no_people_is_told_as_it_is(tmp_path):
    db = copy(clauses="clause | ref | says\nreview | 9 | Review\nfollow | 6 | Follow")
    usual = {"finding_one": "The policy is past its review date", "finding_many": "{count} policies are past theirs"}
    add(db, "exceptions", fingerprint="a", clause="review", check_id="policy_review", subject_kind="policy", **usual)
    add(db, "exceptions", fingerprint="b", clause="follow")

    (path,) = write_report(db, tmp_path, run_id="2026-11-16", tier="governors", formats=["json"])
    counts = {row["check_id"]: row["open_now"] for row in json.loads(path.read_text())["counts"]}

    assert counts == {"policy_review": "1", "pupil_follower": "fewer than 5"}
    assert "The policy is past its review date" in page(read_week(db, run_id="2026-11-16", tier="governors"))
