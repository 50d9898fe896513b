"""New, open, changed, gone, reopened: the story of an exception from run to run."""

from dataclasses import replace
from datetime import date

import pytest

from tests.warehouse.rows import follow, photo, post, profile, walked
from warehouse.casebook import Decision
from warehouse.knowing import keep_verdicts
from warehouse.load import load
from warehouse.reconcile import Found, Judged, reconcile

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16")


def found(actor: str = "7", **evidence: str) -> Found:
    return Found(
        fingerprint=f"print-{actor}",
        check_id="pupil_follower",
        check_title="No pupil follows",
        pack="p",
        clause="6.10",
        clause_says="Pupils may not follow.",
        severity="high",
        platform="x",
        account_id="100",
        subject_id=actor,
        subject_kind="actor",
        concerns="pupil",
        reason="An account that may belong to a pupil follows.",
        evidence={"account": "@one", "remark": "whatever", **evidence},
        telling=("account",),
        next_step="Ask.",
        do_not="Do not shout.",
        owner_role="enterprise_and_technology_lead",
        days_to_act=7,
    )


def whole(*, may_close: bool = True, is_whole: bool = True) -> Judged:
    return Judged("pupil_follower", "core.follower_sight", "x", "100", may_close=may_close, is_whole=is_whole)


@pytest.fixture
def run(db, week):
    """Reconcile one week's findings and return {subject: status}."""

    def weekly(number, exceptions, judged=None, decisions=None, seen=()):
        day = WEEKS[number]
        run_id = week(day)
        records = [r for actor in seen for r in (follow(actor), profile(actor))]
        load(db, run_id=run_id, source="x", records=[*records, walked(whole=False)])
        reconcile(
            db,
            run_id=run_id,
            as_of=date.fromisoformat(day),
            found=exceptions,
            judged=[whole()] if judged is None else judged,
            decisions=decisions or {},
        )
        rows = db.execute("select subject_id, status from outcome.exceptions where run_id = ?", [run_id]).fetchall()
        return dict(rows)

    return weekly


def test_an_exception_is_new_then_open_then_gone(run):
    assert run(0, [found()]) == {"7": "new"}
    assert run(1, [found()]) == {"7": "open"}
    assert run(2, []) == {"7": "gone"}


def test_a_gone_exception_that_comes_back_is_reopened_and_keeps_its_first_day(run, db):
    run(0, [found()])
    run(1, [])

    assert run(2, [found()]) == {"7": "reopened"}
    assert db.execute("select first_seen, due_on from outcome.exceptions where run_id = ?", [WEEKS[2]]).fetchall() == [
        (date(2026, 11, 2), date(2026, 11, 23))
    ]


def test_a_gone_exception_is_told_once(run):
    run(0, [found()])
    run(1, [])

    assert run(2, []) == {}


def test_telling_evidence_makes_it_changed_and_a_remark_does_not(run):
    run(0, [found()])

    assert run(1, [found(remark="other")]) == {"7": "open"}
    assert run(2, [found(account="@two")]) == {"7": "changed"}


def test_an_open_exception_keeps_its_due_day(run, db):
    run(0, [found()])
    run(1, [found()])

    assert db.execute("select due_on from outcome.exceptions where run_id = ?", [WEEKS[1]]).fetchall() == [
        (date(2026, 11, 9),)
    ]


@pytest.mark.parametrize(
    "judged",
    [[whole(is_whole=False)], [whole(may_close=False)], []],
    ids=["the list was seen in part", "a gate failed", "the list was not seen at all"],
)
def test_what_could_not_be_seen_is_never_gone(run, db, judged):
    run(0, [found()])

    assert run(1, [], judged=judged) == {"7": "open"}
    assert db.execute(
        "select last_seen, is_seen_this_run from outcome.exceptions where run_id = ?", [WEEKS[1]]
    ).fetchall() == [(date(2026, 11, 2), False)]


def test_a_subject_that_was_itself_seen_and_no_longer_matches_is_gone_even_in_a_partial_list(run):
    run(0, [found()])

    assert run(1, [], judged=[whole(is_whole=False)], seen=["7"]) == {"7": "gone"}


def test_a_confirmed_account_that_changes_its_name_but_still_follows_stays_open(run):
    confirmed = {"print-7": Decision("confirmed", None, "lead")}
    run(0, [found()])

    assert run(1, [], decisions=confirmed, seen=["7"]) == {"7": "open"}
    assert run(2, [], decisions=confirmed) == {"7": "gone"}


def test_a_standing_decision_is_written_beside_the_exception_until_it_expires(run, db):
    allowed = {"print-7": Decision("allowed", date(2026, 11, 9), "lead")}
    run(0, [found()])
    run(1, [found()], decisions=allowed)

    assert db.execute(
        "select decision, decided_until from outcome.exceptions where run_id = ?", [WEEKS[1]]
    ).fetchall() == [("allowed", date(2026, 11, 9))]
    assert run(2, [found()], decisions=allowed) == {"7": "reopened"}


def test_the_same_run_twice_gives_the_same_rows(run, db):
    run(0, [found("7"), found("8")])
    run(1, [found("8")])
    before = db.execute("select * from outcome.exceptions order by run_id, fingerprint").fetchall()
    run(1, [found("8")])

    assert db.execute("select * from outcome.exceptions order by run_id, fingerprint").fetchall() == before


def test_who_is_still_listed_but_could_not_be_judged_stays_open_though_the_list_was_whole(db, week):
    for number, records in enumerate(([follow("7"), profile("7")], [follow("7")])):
        run_id = week(WEEKS[number])
        load(db, run_id=run_id, source="x", records=[*records, walked()])
        if number:
            db.execute("update raw.profiles set display_name = null")
        exceptions = [] if number else [found()]
        reconcile(
            db,
            run_id=run_id,
            as_of=date.fromisoformat(WEEKS[number]),
            found=exceptions,
            judged=[whole()],
            decisions={},
        )
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    rows = db.execute("select status from outcome.exceptions where run_id = ?", [WEEKS[1]]).fetchall()
    assert rows == [("open",)]


def picture(medium: str) -> Found:
    return replace(found(medium), check_id="withdrawn_picture", subject_kind="medium", concerns="picture")


@pytest.mark.parametrize(("verdict", "status"), [(None, "open"), ("unreadable", "open"), ("approved", "gone")])
def test_a_picture_that_stands_and_could_not_be_looked_at_is_not_gone(db, week, verdict, status):
    sight = Judged("withdrawn_picture", "core.picture_sight", "x", "100", may_close=True, is_whole=True)
    for number, day in enumerate(WEEKS[:2]):
        run_id = week(day)
        load(db, run_id=run_id, source="x", records=[post("1"), photo("1", "3_1"), walked("posts")])
        if number and verdict:
            keep_verdicts(db, run_id, [picture_verdict("3_1", verdict)])
        reconcile(
            db,
            run_id=run_id,
            as_of=date.fromisoformat(day),
            found=[] if number else [picture("3_1")],
            judged=[sight],
            decisions={},
        )
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    rows = db.execute("select status from outcome.exceptions where run_id = ?", [WEEKS[1]]).fetchall()
    assert rows == [(status,)]


def picture_verdict(medium: str, verdict: str) -> dict[str, object]:
    place = {"platform": "x", "account_id": "100", "post_id": "1", "medium_id": medium}
    return {**place, "verdict": verdict, "why": "It is so."}
