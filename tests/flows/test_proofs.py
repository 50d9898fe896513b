"""What a list lacks is asked for in the next week's pull, and the answers stand in the warehouse and in the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from connectors.records import Proof
from flows.weekly.pull import estimate, pull
from flows.weekly.run import start
from tests.connectors import town
from tests.flows.village import MONDAY, Village, clock, village
from warehouse.runs.runs import end

LATER = MONDAY + timedelta(days=7)


def pulled(here: Village, day: date) -> dict[str, str]:
    """Return the state of each platform's pull in the run of this day, which is published without being judged."""
    context = here.context(day)
    at = clock() + (day - MONDAY)  # X charges what it returned once a day: the weeks are pulled a week apart
    context = replace(context, settings=replace(context.settings, clock=lambda: at))
    start(context)
    ended = {name: pull(context, name).state for name in ("x", "youtube")}
    with context.warehouse() as db:
        end(db, context.run_id, is_complete=True, at=context.now())
    return ended


def test_those_whom_a_list_lacks_are_asked_for_in_the_next_week_and_their_answers_kept(tmp_path):
    with village(tmp_path, has_warehouse=True) as here:
        assert pulled(here, MONDAY) == {"x": "complete", "youtube": "complete"}
        x, youtube = here.servers.world.x, here.servers.world.youtube
        gone, suspended = x.followers[town.SCHOOL][-2:]
        x.followers[town.SCHOOL].remove(gone)
        x.users[suspended].suspended = True
        x.users[town.SCHOOL].followers_count -= 1
        video = youtube.videos.pop().id

        expected = [one.cost for one in estimate(here.context(LATER), "x") if one.listing.startswith("proofs")]
        assert pulled(here, LATER) == {"x": "complete", "youtube": "complete"}
        with here.context(LATER).warehouse() as db:
            proofs = db.execute(
                f"select run_id, kind, subject_id, answer from raw.{Proof.TABLE} order by kind"
            ).fetchall()
            paid = db.execute(
                "select sum(usd) from raw.requests where run_id = ? and endpoint = 'GET /2/users'", [LATER.isoformat()]
            ).fetchall()
            whole = db.execute(
                "select is_whole from raw.listings where run_id = ? and platform = 'x' and listing = 'followers'",
                [LATER.isoformat()],
            ).fetchall()

    day = LATER.isoformat()
    assert sorted(proofs) == sorted(
        [(day, "follower", gone, "gone"), (day, "follower", suspended, "suspended"), (day, "post", video, "gone")]
    )
    # One was found gone from the list; one more is asked for as a measure, and was charged that day with the list. The
    # suspended one is in X's count and costs nothing.
    assert paid == [(Decimal("0.0100"),)]
    assert [cost.usd for cost in expected] == [Decimal("0.020")]
    assert whole == [(True,)]
