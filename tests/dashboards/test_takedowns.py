"""A consent that ended is followed until a run has seen that nothing shows the photograph any more."""

from datetime import date

import pytest

from dashboards.report.operations import Takedown
from dashboards.report.read import read_week
from dashboards.report.write import page
from tests.dashboards.copies import RUN, copy

TAKEDOWNS = """
    run_id     | photograph_id | ended             | since      | due_on     | places | gone | unseen | gone_from | stands_on | approved_again_on | unknown_on | state
    2026-11-16 | ph-gone       | objection         | 2026-11-02 | 2026-11-03 | 1      | 1    | 0      | x         |           |                   |            | gone
    2026-11-16 | ph-again      | consent withdrawn | 2026-11-09 | 2026-11-10 | 2      | 1    | 0      | youtube   |           | x                 |            | approved_again
    2026-11-16 | ph-unknown    | consent withdrawn | 2026-11-09 | 2026-11-10 | 1      | 0    | 0      |           |           |                   | x;youtube  | unknown
    2026-11-16 | ph-half       | consent withdrawn | 2026-11-09 | 2026-11-10 | 2      | 1    | 0      | x         | youtube   |                   |            | half
    2026-11-16 | ph-standing   | consent withdrawn | 2026-11-16 | 2026-11-17 | 3      | 0    | 1      |           | x;youtube |                   |            | standing
    2026-11-09 | ph-other-run  | consent withdrawn | 2026-11-09 | 2026-11-10 | 1      | 0    | 0      |           | x         |                   |            | standing
"""  # noqa: E501


@pytest.mark.parametrize("tier", ["lead", "dsl", "dpo"])
def test_each_photograph_says_where_it_is_gone_from_and_where_it_stands(tier: str) -> None:
    week = read_week(copy(takedowns=TAKEDOWNS), run_id=RUN, tier=tier)  # type: ignore[arg-type]

    assert [(one.photograph_id, one.how(week.run.as_of)) for one in week.takedowns] == [
        ("ph-standing", "Still on X and YouTube. This run could not see 1 place."),
        ("ph-half", "Gone from X. Still on YouTube, and late."),
        ("ph-unknown", "Not proved gone from X and YouTube: it may still be shown there."),
        ("ph-again", "Gone from YouTube. Still on X, and approved again. Closed."),
        ("ph-gone", "Proved gone from X: closed."),
    ]
    assert "Photographs to be taken down" in page(week)


@pytest.mark.parametrize("tier", ["governors", "headteacher"])
def test_who_reads_counts_reads_of_no_photograph(tier: str) -> None:
    week = read_week(copy(takedowns=TAKEDOWNS), run_id=RUN, tier=tier)  # type: ignore[arg-type]

    assert week.takedowns == ()
    assert "Photographs to be taken down" not in page(week)


def test_nothing_is_said_where_nothing_is_to_be_taken_down() -> None:
    assert "Photographs to be taken down" not in page(read_week(copy(), run_id=RUN, tier="lead"))


def test_what_is_due_today_is_not_late() -> None:
    one = Takedown("p", "objection", date(2026, 11, 2), date(2026, 11, 16), 1, 0, 0, None, "x", None, None, "standing")

    assert one.how(date(2026, 11, 16)) == "Still on X."
    assert one.how(date(2026, 11, 17)) == "Still on X, and late."
