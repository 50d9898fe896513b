"""What a check is made of, and how its question reaches the warehouse."""

import re
from dataclasses import replace

import duckdb
import pytest

from checks.catalogue import catalogue
from checks.model import CheckError, bound, fingerprint, from_sql
from checks.papers import Finding
from tests.checks.ask import MONDAY
from tests.drawn import fill


def test_a_fingerprint_is_the_hash_of_the_four_ids_apart() -> None:
    known = fingerprint("pupil_follower", "x", "100", "11")

    assert len(known) == 64
    assert known == fingerprint("pupil_follower", "x", "100", "11")
    assert known != fingerprint("pupil_follower", "x", "1001", "1")


def test_only_what_the_sql_names_is_bound() -> None:
    db = duckdb.connect()

    assert bound(db, "select $as_of", {"as_of": MONDAY, "other": 1}, where="a check") == {"as_of": MONDAY}


def test_a_name_without_a_value_is_told() -> None:
    db = duckdb.connect()

    with pytest.raises(CheckError, match="a check needs values for days: set them in the policy's pack"):
        bound(db, "select $days", {"as_of": MONDAY}, where="a check")


def test_a_parameter_of_the_pack_overrides_the_checks_own_constant(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, posts="post_id | posted_at\np1 | 2026-10-20 09:00:00+00", media="post_id | medium_id\np1 | 3_1")
    judge = from_sql("checks.posts", "alt_text", look_back_days=7)

    assert judge(db, MONDAY, {}).is_empty()
    assert judge(db, MONDAY, {"look_back_days": 28})["subject_id"].to_list() == ["3_1"]
    with pytest.raises(CheckError, match="alt_text needs values for look_back_days"):
        from_sql("checks.posts", "alt_text")(db, MONDAY, {})


def test_a_title_is_short() -> None:
    check = catalogue()["pupil_follower"]

    with pytest.raises(CheckError, match="longer than 150"):
        replace(check, title="x" * 151)


@pytest.mark.parametrize(
    ("one", "many", "says"),
    [
        ("A post shouts", "Posts shout", "needs {count} in its finding's many, and only there"),
        ("{count} post shouts", "{count} posts shout", "needs {count} in its finding's many, and only there"),
        ("{name} shouts", "{count} shout", "has {name} in its finding's one"),
        ("A post shouts.", "{count} posts shout", "without its full stop"),
        ("A post shouts", "{count} posts " + "x" * 90, "of at most 90 characters"),
    ],
)
def test_a_finding_that_no_heading_can_be_made_of_is_told(one: str, many: str, says: str) -> None:
    check = catalogue()["pupil_follower"]

    with pytest.raises(CheckError, match=re.escape(says)):
        replace(check, finding=Finding(one, many))
