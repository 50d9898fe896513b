"""How a school stands in a week, as a table, and whether the group's objective was met."""

from datetime import UTC, datetime

import pytest

from dashboards.group.states import Recorded, objective, state_of

AT = datetime(2026, 11, 9, 8, tzinfo=UTC)
EARLY, LATE = AT.replace(hour=7), AT.replace(hour=9)


@pytest.mark.parametrize(
    ("recorded", "state"),
    [
        ({}, "late"),
        ({"is_set_up": False}, "not_set_up"),
        ({"is_set_up": False, "is_permitted": False}, "not_set_up"),
        ({"is_permitted": False}, "not_permitted"),
        ({"is_judged": True}, "judged"),
        ({"is_running": True, "is_published": True, "is_whole": True}, "running"),
        ({"waits_until": AT}, "waiting_for_quota"),
        ({"waits_until": AT, "is_permitted": False}, "not_permitted"),
        ({"waits_until": AT, "is_set_up": False}, "not_set_up"),
        ({"waits_until": AT, "is_published": True}, "waiting_for_quota"),
        ({"is_published": True}, "seen_in_part"),
        ({"is_published": True, "is_whole": True}, "published"),
        ({"is_published": True, "is_whole": True, "is_permitted": False}, "published"),
        ({"is_published": True, "is_judged": True}, "seen_in_part"),
    ],
)
def test_a_school_stands_in_one_state(recorded, state):
    assert state_of(Recorded(**recorded)) == state


@pytest.mark.parametrize(
    ("published", "is_missed"),
    [
        ([EARLY] * 100, False),
        ([EARLY] * 99 + [LATE], False),
        ([EARLY] * 98 + [LATE] * 2, True),
        ([EARLY] * 98 + [None] * 2, True),
        ([AT], False),
        ([], False),
    ],
)
def test_the_objective_is_missed_where_fewer_were_published_by_its_hour(published, is_missed):
    unasked = [("not_set_up", None), ("not_permitted", None)]
    schools = [("published" if at else "late", at) for at in published] + unasked

    met = objective(schools, AT, 0.99, LATE)

    assert met is not None
    assert (met.is_missed, met.of) == (is_missed, len(published))
    assert objective(schools, AT, 0.99, EARLY) is None
