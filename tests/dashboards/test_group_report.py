"""The report of many schools: bands and never a small number, nothing of a week that is over, and who was not seen."""

import csv
import io
import json
from datetime import date

from dashboards.group.report import GroupWeek, SchoolCounts, read_counts
from dashboards.group.write import as_object, group_page, write_group
from tests.dashboards.test_small_numbers import OPEN, copy_of_five_weeks

DAY = date(2026, 11, 9)
BANDS = {"a-quiet-rise": "fewer than 5", "one-less": "5 to 9", "one-more": "10 to 14", "steady": "10 to 14"}


def counts(school="north", day=DAY):
    return read_counts(copy_of_five_weeks(), school, day)


def week():
    unseen = SchoolCounts("west", unseen=("The key does not open it.",))
    return GroupWeek(DAY, (counts("north"), counts("south"), unseen))


def test_a_school_is_told_by_clause_in_bands_and_as_of_the_day():
    told = counts()

    assert told.run_id == "2026-11-09"
    assert {row.clause: row.open_now for row in told.clauses}.items() >= BANDS.items()
    assert [row.clause for row in told.clauses] == [clause for clause in OPEN if clause != "comes"]
    assert told.open_now == "27 or more"


def test_the_checks_that_could_not_tell_are_named_and_their_school_was_not_seen_whole(tmp_path):
    copy = copy_of_five_weeks()
    copy.execute(
        "insert into published.coverage by name select '2026-11-09' as run_id, 'staff_follower' as check_id, "
        "'Staff' as check_title, 'could_not_tell' as verdict, 'The staff register was not read.' as why"
    )
    blind = GroupWeek(DAY, (read_counts(copy, "east", DAY),))
    [row] = csv.DictReader(io.StringIO(write_group(blind, tmp_path / "out")[0].read_text(encoding="utf-8-sig")))

    assert row["could_not_tell"] == "staff_follower"
    assert as_object(blind)["schools"][0]["could_not_tell"] == ["staff_follower"]
    assert "1 of these could not be seen whole" in group_page(blind)
    assert "staff follower" in group_page(blind)


def test_of_a_run_of_more_than_a_week_ago_nothing_is_told_but_its_day():
    told = counts(day=date(2026, 12, 9))

    assert (told.run_id, told.clauses, told.open_now) == (None, (), "not known")
    assert told.unseen == ("The last run that was published is of 2026-11-30.",)
    assert counts(day=date(2026, 11, 1)).unseen == ("No run of 2026-11-01 or before is published.",)


def test_a_clause_is_told_over_all_schools_that_have_it():
    [steady] = [row for row in week().clauses if row.clause == "steady"]

    assert (steady.schools, steady.open_now, steady.with_new, steady.with_late) == (2, "20 or more", 0, 0)


def test_page_tables_and_object_say_which_school_was_not_seen_and_why(tmp_path):
    files = {path.name: path for path in write_group(week(), tmp_path / "out")}
    rows = list(csv.DictReader(io.StringIO(files["schools.csv"].read_text(encoding="utf-8-sig"))))

    assert [(row["school"], row["open_now"], row["could_not_be_seen"]) for row in rows][-1] == (
        "west", "not known", "The key does not open it."
    )  # fmt: skip
    assert json.loads(files["group.json"].read_text())["schools"][-1]["could_not_be_seen"] == [
        "The key does not open it."
    ]
    assert "Nothing is known of 1 school this week" in group_page(week())
    assert [path.stat().st_mode & 0o777 for path in files.values()] == [0o600] * len(files)


def test_of_a_school_of_which_nothing_is_known_no_table_says_yes_or_no(tmp_path):
    files = {path.name: path for path in write_group(week(), tmp_path / "out")}
    told = list(csv.DictReader(io.StringIO(files["schools.csv"].read_text(encoding="utf-8-sig"))))
    as_objects = json.loads(files["group.json"].read_text())["schools"]

    assert [(row["any_new"], row["any_late"]) for row in told] == [("yes", "no"), ("yes", "no"), ("", "")]
    assert [(row["any_new"], row["any_late"]) for row in as_objects] == [(True, False), (True, False), (None, None)]
    said_of = {name: {row[name] for row in told if row["run_id"] == ""} for name in told[0]}
    assert {name for name, said in said_of.items() if said & {"yes", "no"}} == {"audited"}


def test_how_many_are_open_is_told_in_bands_alone_wherever_it_is_told():
    whole = as_object(week())
    told = {row["open_now"] for part in ("schools", "counts", "clauses") for row in whole[part]}

    assert told == {*BANDS.values(), "27 or more", "not known", "2 or more", "10 or more", "20 or more"}
