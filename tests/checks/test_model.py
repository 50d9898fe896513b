"""What a check is made of, and how its question reaches the warehouse."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from checks.catalogue import catalogue
from checks.model import CheckError, bound, fingerprint, from_sql
from tests.checks.ask import MONDAY


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
    judge = from_sql("checks.posts", "uncovered", not_fetched="x", refused=[], no_objection=[""])

    assert judge(db, MONDAY, {"refused": ["withdrawn"]}).columns[:3] == ["platform", "account_id", "subject_id"]
    with pytest.raises(CheckError, match="uncovered needs values for"):
        from_sql("checks.posts", "uncovered")(db, date(2026, 1, 1), {})


def test_a_title_is_short_and_a_drill_is_whole() -> None:
    check = catalogue()["pupil_follower"]

    with pytest.raises(CheckError, match="longer than 150"):
        replace(check, title="x" * 151)
    with pytest.raises(CheckError, match="or neither"):
        replace(check, planted_subject=None)
