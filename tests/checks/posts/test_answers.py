"""What holds for every check of posts: nobody to examine, a list broken off, a failed quality check, the same twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pytest

from checks.outcome import Outcome
from tests.checks.ask import CHANNEL, PE, TOWN, ask
from tests.drawn import fill

HANDLES = {TOWN: "@OusterlyVale", CHANNEL: "@OusterlyValeSchool"}


@dataclass(frozen=True)
class Case:
    """One check on one account: the coverage it counts on, what several of those are called, what the pack asks."""

    check_id: str
    coverage: str
    account: tuple[str, str]
    many: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def ask(self, db: duckdb.DuckDBPyConnection, *, doubtful_populations: Sequence[str] = ()) -> Outcome:
        return ask(db, self.check_id, [self.account], doubtful_populations=doubtful_populations, **self.parameters)

    def __str__(self) -> str:
        return f"{self.check_id}-{self.account[0]}"


CASES = [
    Case("alt_text", "photo_coverage", TOWN, "photographs"),
    Case("children_settings", "post_coverage", CHANNEL, "videos", {"comments": "off"}),
    Case("contact_details", "post_coverage", TOWN, "posts"),
    Case("location_metadata", "position_coverage", CHANNEL, "thumbnails"),
    Case("partisan_or_personal", "post_coverage", TOWN, "posts"),
    Case("picture_exposure", "exposure_coverage", TOWN, "posted pictures"),
    Case("posting_hours", "posting_coverage", CHANNEL, "videos"),
    Case("pupil_confidence", "said_coverage", CHANNEL, "videos"),
    Case("pupil_named", "named_post_coverage", TOWN, "posts"),
    Case("security_given_away", "said_coverage", TOWN, "posts"),
    Case("staff_discussed", "post_coverage", CHANNEL, "videos"),
    Case("staff_handle_shown", "said_coverage", CHANNEL, "videos"),
    Case("unapproved_picture", "picture_coverage", TOWN, "posted pictures"),
    Case("withdrawn_picture", "picture_coverage", CHANNEL, "pictures"),
]
every_check = pytest.mark.parametrize("case", CASES, ids=str)


@every_check
def test_nothing_to_examine_is_could_not_tell(db: duckdb.DuckDBPyConnection, case: Case) -> None:
    fill(
        db,
        **{
            case.coverage: f"""
                platform     | account_id   | fetched | judged
                {case.account[0]} | {case.account[1]} | 0       | 0
            """
        },
    )

    outcome = case.ask(db)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"{HANDLES[case.account]} has no {case.many}, so there was nothing to examine."


@every_check
def test_a_list_that_broke_off_leaves_it_open_with_the_figure(db: duckdb.DuckDBPyConnection, case: Case) -> None:
    fill(
        db,
        **{
            case.coverage: f"""
                platform     | account_id   | fetched | judged | is_whole | why
                {case.account[0]} | {case.account[1]} | 40      | 40     | false    | budget
            """
        },
    )

    outcome = case.ask(db)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        f"40 {case.many} of {HANDLES[case.account]} could be seen; all were judged. "
        "The run's budget was spent before the end of the list."
    )


@every_check
def test_all_seen_and_nothing_found_is_kept(db: duckdb.DuckDBPyConnection, case: Case) -> None:
    fill(
        db,
        **{
            case.coverage: f"""
                platform     | account_id   | fetched | judged
                {case.account[0]} | {case.account[1]} | 40      | 40
            """
        },
    )

    assert case.ask(db).verdict == "kept"


@every_check
def test_a_failed_quality_check_keeps_what_was_found_and_tells_nothing_for_sure(
    db: duckdb.DuckDBPyConnection, case: Case
) -> None:
    _everything_is_wrong(db)

    outcome = case.ask(db, doubtful_populations=[f"core.{case.coverage}"])

    assert outcome.verdict == "could_not_tell"
    assert outcome.exceptions


@every_check
def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection, case: Case) -> None:
    _everything_is_wrong(db)

    first = case.ask(db)

    assert first.verdict == "exceptions"
    assert len(first.exceptions) >= 2
    assert first == case.ask(db)


@every_check
def test_an_account_that_is_not_asked_about_is_left_out(db: duckdb.DuckDBPyConnection, case: Case) -> None:
    _everything_is_wrong(db)

    assert ask(db, case.check_id, [PE], **case.parameters).exceptions == ()


SAID = (
    "Tia Brannel says: Mrs Orlebar is off sick with her back, ring 07700 900123. Buy now with my discount code! "
    "Tia has asthma. The gate code is 4512, @orlebar_b."
)
# What more words would drown.
ALONE = "Mrs Orlebar is off sick with her back. Buy now and use my discount code to get 20% off!"


def _everything_is_wrong(db: duckdb.DuckDBPyConnection) -> None:
    """Posts on X and videos on YouTube that no check of posts can let pass."""
    fill(
        db,
        school="town\nOusterly",
        people="""
            role  | person_id | given_names | surname | x_account  | youtube_account
            pupil | p1        | Tia         | Brannel |            |
            staff | s1        | Una         | Orlebar | @orlebar_b | @orlebar_b
        """,
        posts=f"""
            platform | account_id | post_id | kind  | posted_at              | visibility | reply_count | text
            x        | 100        | t2      | post  | 2026-10-31 03:00:00+00 |            | 1           | {SAID}
            x        | 100        | t1      | post  | 2026-10-30 03:00:00+00 |            | 1           | {SAID}
            youtube  | UC1        | v2      | video | 2026-10-31 03:00:00+00 | public     | 1           | {SAID}
            youtube  | UC1        | v1      | video | 2026-10-30 03:00:00+00 | public     | 1           | {SAID}
            x        | 100        | t3      | post  | 2026-10-31 03:00:00+00 |            | 1           | {ALONE}
            x        | 100        | t4      | post  | 2026-10-30 03:00:00+00 |            | 1           | {ALONE}
            youtube  | UC1        | v3      | video | 2026-10-31 03:00:00+00 | public     | 1           | {ALONE}
            youtube  | UC1        | v4      | video | 2026-10-30 03:00:00+00 | public     | 1           | {ALONE}
        """,
        media="""
            platform | account_id | post_id | medium_id | kind
            x        | 100        | t2      | m2        | photo
            x        | 100        | t1      | m1        | photo
            youtube  | UC1        | v2      | n2        | thumbnail
            youtube  | UC1        | v1      | n1        | thumbnail
        """,
        photographs="""
            photograph_id | channels  | consent
            P-1           | x;youtube | withdrawn
        """,
        picture_parts="""
            platform | account_id | post_id | medium_id | verdict    | photograph_id | why
            x        | 100        | t2      | m2        | unapproved | P-1           | Withdrawn.
            x        | 100        | t1      | m1        | unapproved | P-1           | Withdrawn.
            youtube  | UC1        | v2      | n2        | unapproved | P-1           | Withdrawn.
            youtube  | UC1        | v1      | n1        | unapproved | P-1           | Withdrawn.
        """,
        picture_verdicts="""
            platform | account_id | post_id | medium_id | has_position | verdict    | people
            x        | 100        | t2      | m2        | true         | unapproved | yes
            x        | 100        | t1      | m1        | true         | unapproved | yes
            youtube  | UC1        | v2      | n2        | true         | unapproved | yes
            youtube  | UC1        | v1      | n1        | true         | unapproved | yes
        """,
    )
