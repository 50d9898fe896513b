"""New, open, changed, gone, reopened: the story of an exception from run to run."""

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.records import Comment, Person, Proof, Record
from policies.dates import long_date
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from policies.populations import POPULATIONS
from policies.question import Filter
from tests.warehouse.cases import CLAUSE, found, observed, put, settle
from tests.warehouse.conftest import MORNING
from tests.warehouse.rows import follow, listing_end, photo, post, profile
from warehouse.exceptions.outcomes import Judged, open_cases
from warehouse.runs.known_members import accounts_read
from warehouse.runs.match_store import keep_verdicts
from warehouse.runs.pages import StoredPage, keep_page
from warehouse.runs.runs import note_pull
from warehouse.store.load import load

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07")


NO_FILTER = Filter()


def whole(*, may_close: bool = True, since: date | None = None, only: Filter = NO_FILTER) -> Judged:
    return replace(judged("pupil_follower", "core.follower_coverage", may_close=may_close, since=since), only=only)


def judged(
    check_id: str,
    population: str,
    platform: str = "x",
    account_id: str = "100",
    *,
    may_close: bool = True,
    since: date | None = None,
) -> Judged:
    what = POPULATIONS[population]
    return Judged(check_id, what, platform, account_id, may_close=may_close, is_whole=True, since=since)


def listed(*actors: str, name: str = "Someone", **more: Any) -> list[Record]:
    """Return a list of followers that holds these, each with a profile, and that reaches X's own count."""
    return [r for actor in actors for r in (follow(actor), profile(actor, name))] + [
        listing_end(rows=len(actors), **more)
    ]


def told(answer: str, actor: str = "7") -> Proof:
    return Proof(platform="x", account_id="100", kind="follower", subject_id=actor, answer=answer)


@pytest.fixture
def run(db, week):
    """Reconcile one week's findings on what that week's pull brought, and return {subject: (status, proof)}.

    Without records, the week's list holds whom the findings are about.
    """

    def weekly(number, exceptions, records=None, *, could_see=None, decisions=None, unlisted=(), pulled=None, **more):
        day = WEEKS[number]
        run_id = week(day)
        if pulled != "never":
            times = [datetime.fromisoformat(f"{each}T06:00Z") for each in (pulled or f"{day} {day}").split()]
            note_pull(db, run_id, "x", times=(times[0], times[1]), state="complete", error=None, estimate=None)
        brought = listed(*(one.subject_id for one in exceptions)) if records is None else records
        load(db, run_id=run_id, source="x", records=brought)
        seen = observed(db, *([whole()] if could_see is None else could_see))
        settle(db, run_id, exceptions, seen, decisions, unlisted, **more)
        sql = "select subject_id, status, proof from outcome.exceptions where run_id = ?"
        return {subject: (status, proof) for subject, status, proof in db.execute(sql, [run_id]).fetchall()}

    return weekly


NEW, OPEN, NOT_SEEN = ("new", None), ("open", None), ("not_seen", None)
ASKED, TWICE, RIGHT = ("gone", "asked"), ("gone", "absent_twice"), ("gone", "put_right")


def test_an_exception_is_new_then_open_then_gone_when_the_platform_says_so_of_it(run):
    assert run(0, [found()]) == {"7": NEW}
    assert run(1, [found()]) == {"7": OPEN}
    assert run(2, [], [*listed(), told("gone")]) == {"7": ASKED}


def test_a_gone_exception_that_comes_back_is_reopened_and_keeps_its_first_day(run, db):
    run(0, [found()])
    run(1, [], [*listed(), told("gone")])

    assert run(2, [found()]) == {"7": ("reopened", None)}
    assert db.execute("select first_seen, due_on from outcome.exceptions where run_id = ?", [WEEKS[2]]).fetchall() == [
        (date(2026, 11, 2), date(2026, 11, 23))
    ]


def test_a_gone_exception_is_told_once(run):
    run(0, [found()])
    run(1, [], [*listed(), told("gone")])

    assert run(2, [], listed()) == {}


def test_change_key_evidence_makes_it_changed_and_a_remark_does_not(run):
    run(0, [found()])

    assert run(1, [found(remark="other")]) == {"7": OPEN}
    assert run(2, [found(account="@two")]) == {"7": ("changed", None)}


def test_an_open_exception_keeps_its_due_day(run, db):
    run(0, [found()])
    run(1, [found()])

    assert db.execute("select due_on from outcome.exceptions where run_id = ?", [WEEKS[1]]).fetchall() == [
        (date(2026, 11, 9),)
    ]


CUT = [listing_end(rows=0, count=1, whole=False, stopped="short")]


@pytest.mark.parametrize(
    ("brought", "status"),
    [
        (listed(), "not_seen"),
        (CUT, "not_seen"),
        ([], "not_seen"),
        ([listing_end(rows=0, whole=False, stopped="credentials")], "not_seen"),
        ([*listed(), told("hidden")], "not_seen"),
        ([*listed(), told("gone", actor="8")], "not_seen"),
        ([*listed(), told("suspended")], "suspended"),
        ([*CUT, told("stands")], "open"),
        ([listing_end(rows=0, count=1, whole=False, stopped="known")], "open"),
    ],
    ids=[
        "a whole list lacks it once",
        "the list was cut short",
        "no list was listed",
        "the list was refused",
        "the platform will not tell",
        "the platform was asked about another",
        "the account is suspended",
        "the platform says that it stands",
        "the list was read down to what was known",
    ],
)
def test_what_is_absent_is_gone_on_no_list_s_word(run, db, brought, status):
    run(0, [found()])

    assert run(1, [], brought) == {"7": (status, None)}
    assert db.execute(
        "select last_seen, is_seen_this_run from outcome.exceptions where run_id = ?", [WEEKS[1]]
    ).fetchall() == [(date(2026, 11, 2), False)]


SUSPENDED_TOO = [listing_end(rows=0, count=1)]  # whole, because X names one suspended account


@pytest.mark.parametrize(
    ("lists", "status"),
    [
        ([listed()] * 2, NOT_SEEN),
        ([listed()] * 4, NOT_SEEN),
        ([listed()] * 5, TWICE),
        ([*[listed()] * 4, CUT], NOT_SEEN),
        ([CUT, *[listed()] * 4], NOT_SEEN),
        ([listed(), CUT, CUT, CUT, listed()], TWICE),
        ([SUSPENDED_TOO] * 5, NOT_SEEN),
        ([[listing_end(rows=0, count=None)]] * 5, NOT_SEEN),
        ([[*listed(), told("suspended")]] * 5, ("suspended", None)),
        ([[*listed(), told("suspended")], *[listed()] * 4], NOT_SEEN),
        ([[*listed(), told("hidden")], *[listed()] * 4], TWICE),
    ],
    ids=[
        "two whole lists, whose count may err by one",
        "the whole lists of three weeks",
        "the whole lists of four weeks",
        "the last was cut",
        "the first was cut",
        "only the first and the last were whole",
        "the lists reach the count with a suspended account alone",
        "the platform gives no count",
        "suspended all the time",
        "suspended first",
        "the platform would not tell whether it follows",
    ],
)
def test_the_whole_lists_of_four_weeks_prove_an_absence_where_nothing_was_answered(run, lists, status):
    run(0, [found()])
    told_of = [run(number, [], brought) for number, brought in enumerate(lists, start=1)]

    assert told_of[-1] == {"7": status}
    assert all(each["7"][0] != "gone" for each in told_of[:-1])


@pytest.mark.parametrize(
    ("pulled", "status"),
    [
        (["2026-12-07 2026-12-07"] * 5, NOT_SEEN),
        ([*["2026-12-04 2026-12-04"] * 4, "2026-12-07 2026-12-07"], NOT_SEEN),
        (["2026-11-10 2026-11-10", *["2026-12-07 2026-12-07"] * 4], NOT_SEEN),
        (["2026-11-09 2026-11-10", *["2026-12-07 2026-12-07"] * 4], NOT_SEEN),
        (["never", *["2026-12-07 2026-12-07"] * 4], NOT_SEEN),
        (["2026-11-09 2026-11-09", *["2026-12-06 2026-12-06"] * 3, "2026-12-07 2026-12-07"], TWICE),
        (["2026-11-09 2026-11-09"] * 4 + ["2026-12-07 2026-12-08"], TWICE),
    ],
    ids=[
        "all of one afternoon",
        "three days apart",
        "a day short",
        "a day short of the first one's end",
        "nobody knows when the first one was fetched",
        "four weeks apart",
        "the last one took until the next day",
    ],
)
def test_the_four_weeks_lie_between_the_fetching_of_the_lists_whatever_days_the_runs_are_of(run, pulled, status):
    run(0, [found()])
    told_of = [run(number, [], listed(), pulled=times) for number, times in enumerate(pulled, start=1)]

    assert told_of[-1] == {"7": status}


def test_a_list_that_is_gone_on_with_was_fetched_when_its_first_page_was(run, db):
    run(0, [found()])
    run(1, [], listed())
    page = StoredPage("followers:100", 0, "/followers", "{}", None, None, MORNING, 200, b"{}", 0, Decimal(0), 0)
    keep_page(db, WEEKS[5], "x", page)

    assert run(5, [], listed()) == {"7": NOT_SEEN}


def test_what_stands_by_an_earlier_list_is_not_seen_until_it_is_met_again(run, db):
    run(0, [found()])

    assert run(1, [found()], listed()) == {"7": NOT_SEEN}
    assert db.execute("select last_seen from outcome.exceptions where run_id = ?", [WEEKS[1]]).fetchall() == [
        (date(2026, 11, 2),)
    ]
    assert run(2, [found()]) == {"7": OPEN}


def test_who_renames_an_account_keeps_the_case_and_is_told_as_changed_once(run):
    run(0, [found()])

    assert run(1, [], listed("7", name="Nobody You Know")) == {"7": ("changed", None)}
    assert run(2, [], listed("7", name="Nobody You Know")) == {"7": OPEN}


def test_who_is_the_same_and_nobody_on_the_registers_any_more_is_put_right(run):
    run(0, [found()])

    assert run(1, [], listed("7")) == {"7": RIGHT}


def test_nothing_is_put_right_while_it_may_be_so_and_nobody_has_read_it(run):
    run(0, [found()])

    assert run(1, [], listed("7"), unlisted=[found()]) == {"7": OPEN}
    assert run(2, [], listed("7")) == {"7": RIGHT}


@pytest.mark.parametrize("unlisted", [[found()], []], ids=["found and not asked for", "not found"])
def test_what_no_clause_asks_for_any_more_is_not_seen_says_so_and_is_never_gone(run, db, unlisted):
    run(0, [found()])
    others = {"could_see": [whole(only=Filter(concerns=("staff",)))], "broken_by": lambda *_: ()}

    assert run(1, [], listed("7"), unlisted=unlisted, **others) == {"7": NOT_SEEN}
    assert run(2, [], [*listed(), told("gone")], **others) == {"7": NOT_SEEN}
    rows = "select breaks, reason from outcome.exceptions where run_id = ?"
    since = f" Since the run of {long_date(date.fromisoformat(WEEKS[1]))} no clause of the policy asks for this"
    says = f"{found().reason}{since}, so that no run looks at it again."
    assert db.execute(rows, [WEEKS[2]]).fetchall() == [([], says)]

    assert run(3, [], listed("7")) == {"7": RIGHT}
    assert db.execute(rows, [WEEKS[3]]).fetchall() == [([CLAUSE], found().reason)]


def test_a_case_of_an_account_that_the_settings_do_not_name_says_since_when_no_run_looks_at_it(run, db):
    case = replace(found(), account_id="999")
    run(0, [case])
    columns = "run_id, platform, account_id, handle, reads"
    db.execute(f"insert into raw.official_accounts ({columns}) values (?, 'x', '999', 'Old', 'owned')", [WEEKS[0]])
    rows = "select breaks, reason, is_unasked from published.exceptions where run_id = ?"
    assert db.execute(rows, [WEEKS[0]]).fetchall() == [([CLAUSE], case.reason, False)]

    for week in (1, 2):
        assert run(week, [], listed("7"), could_see=[]) == {"7": NOT_SEEN}
    since = long_date(date.fromisoformat(WEEKS[1]))
    says = f" Since the run of {since} the school's settings do not name the account, so that no run looks at it again."
    assert db.execute(rows, [WEEKS[2]]).fetchall() == [([CLAUSE], case.reason + says, True)]
    handles = "select distinct account_handle from published.exceptions"
    assert db.execute(handles).fetchall() == [("Old",)]
    accounts = "select run_id, last_seen::text from published.official_accounts where account_id = '999' order by all"
    assert db.execute(accounts).fetchall() == [(day, WEEKS[0]) for day in WEEKS[:3]]


def test_an_account_that_was_taken_out_is_told_for_four_weeks_and_by_the_next_published_run_however_late(db):
    days = ["2026-05-04", "2026-07-05", "2026-07-06", "2026-08-03", "2026-08-10"]
    columns = "run_id, as_of, school_id, school_name, pack, started_at, published_at"
    for day in days:
        published = None if day == "2026-07-05" else f"{day} 06:00:00+00"  # which nobody was told of
        run = [day, day, f"{day} 05:00:00+00", published]
        db.execute(f"insert into raw.runs ({columns}) values (?, ?, 's', 'S', 'p', ?, ?)", run)
    accounts = "run_id, platform, account_id, handle, reads"
    for account, last in (("1", days[0]), ("2", days[2])):
        read = [last, account]
        db.execute(f"insert into raw.official_accounts ({accounts}) values (?, 'x', ?, 'Old', 'owned')", read)

    told = db.execute(
        "select run_id, account_id from published.official_accounts where is_left order by all"
    ).fetchall()
    assert told == [(days[1], "1"), (days[2], "1"), (days[3], "2")]
    assert accounts_read(db) == []
    db.execute("delete from raw.runs where run_id = ?", [days[4]])
    assert accounts_read(db) == [("x", "2", "Old", date.fromisoformat(days[2]))]


def test_an_absence_closes_only_where_every_way_that_could_have_found_it_looked(run):
    run(0, [found()])
    staff = Filter(concerns=("staff",))

    blind = [whole(), whole(may_close=False)]
    assert run(1, [], listed("7"), could_see=blind) == {"7": OPEN}
    assert run(2, [], listed("7"), could_see=[whole(), whole(may_close=False, only=staff)]) == {"7": RIGHT}


def test_nothing_is_put_right_where_a_quality_failed_or_a_register_was_not_whole(run):
    run(0, [found()])

    assert run(1, [], listed("7"), could_see=[whole(may_close=False)]) == {"7": OPEN}


def test_nothing_is_put_right_while_the_account_still_bears_the_name_of_the_same_person(run, db):
    run(0, [found(roll_id="P1, P2")])
    db.execute(
        "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best) "
        "values (?, 'x', '7', 'P2', 'pupil', 'possible', 0.3, '[]', true)",
        [WEEKS[1]],
    )

    assert run(1, [], listed("7")) == {"7": OPEN}


def test_nothing_is_put_right_while_a_register_has_merely_lost_the_person(run, db):
    lost = Person(register="pupils", person_id="P2")
    run(0, [found(roll_id="P1, P2")])
    load(db, run_id=WEEKS[0], source="registers", records=[lost])

    assert run(1, [], listed("7")) == {"7": OPEN}


def test_nothing_is_put_right_while_a_register_has_lost_the_person_under_another_spelling(run, db):
    run(0, [found(roll_id="P002")])
    for number, ids in enumerate((["P002", "P9"], ["p002", "P9"], ["P9"])):
        pupils = [Person(register="pupils", person_id=one, given_names="Ann", surname="Lee") for one in ids]
        if number:
            run(number, [], [follow("7"), listing_end()])
        load(db, run_id=WEEKS[number], source="registers", records=pupils)

    assert run(2, [], listed("7")) == {"7": OPEN}


def test_what_the_platform_says_is_gone_is_gone_whatever_the_quality_checks_say(run):
    run(0, [found()])

    assert run(1, [], [*listed(), told("gone")], could_see=[whole(may_close=False)]) == {"7": ASKED}


def test_what_is_not_asked_any_more_is_not_seen(run):
    run(0, [found()])

    assert run(1, [], listed("7"), could_see=[]) == {"7": NOT_SEEN}


def test_a_confirmed_account_stays_open_while_it_follows(run):
    confirmed = {"print-7": StandingDecision("confirmed", None, "lead")}
    run(0, [found()])

    assert run(1, [], listed("7"), decisions=confirmed) == {"7": OPEN}
    assert run(2, [], [*listed(), told("gone")], decisions=confirmed) == {"7": ASKED}


@pytest.mark.parametrize(("is_still_found", "status"), [(False, "gone"), (True, "open")])
def test_a_post_that_was_edited_is_judged_by_its_newest_edition(db, week, is_still_found, status):
    case = replace(found("1"), check_id="contact_details", subject_kind="post")
    editions = [(post("1"), case), (post("2", first_version_id="1"), replace(case, fingerprint="new", subject_id="2"))]
    coverage = judged("contact_details", "core.post_coverage", "x", "100")
    for number, (edition, told_of) in enumerate(editions):
        run_id = week(WEEKS[number])
        load(db, run_id=run_id, source="x", records=[edition, listing_end("posts")])
        found_now = [told_of] if number == 0 or is_still_found else []
        settle(db, run_id, found_now, observed(db, coverage))
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    sql = "select status from outcome.exceptions where run_id = ? and subject_id = '1'"
    assert db.execute(sql, [WEEKS[1]]).fetchall() == [(status,)]


def test_a_post_that_the_check_looks_back_to_no_longer_stays_open(db, week):
    late = replace(found("1"), check_id="posting_hours", subject_kind="post")
    for number, since in enumerate((date(2026, 9, 30), date(2026, 10, 1))):
        run_id = week(WEEKS[number])
        load(db, run_id=run_id, source="x", records=[post("1"), listing_end("posts")])
        coverage = judged("posting_hours", "core.post_coverage", "x", "100", since=since)
        found_now = [] if number else [late]
        settle(db, run_id, found_now, observed(db, coverage))
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    assert statuses(db, WEEKS[1]) == ["open"]


def statuses(db, run_id):
    rows = db.execute("select status from outcome.exceptions where run_id = ? order by 1", [run_id]).fetchall()
    return [status for (status,) in rows]


def test_a_standing_decision_is_written_beside_the_exception_until_it_expires(run, db):
    allowed = {"print-7": StandingDecision("allowed", date(2026, 11, 9), "lead")}
    run(0, [found()])
    run(1, [found()], decisions=allowed)

    assert db.execute(
        "select decision, decided_until from outcome.exceptions where run_id = ?", [WEEKS[1]]
    ).fetchall() == [("allowed", date(2026, 11, 9))]
    assert run(2, [found()], decisions=allowed) == {"7": ("reopened", None)}


@pytest.mark.parametrize(
    ("again", "brought", "status"),
    [
        ([found()], [], "reopened"),
        ([], CUT, "not_seen"),
        ([], [*CUT, told("stands")], "reopened"),
        ([], [*listed(), told("suspended")], "suspended"),
    ],
    ids=["found", "not seen", "stands", "suspended"],
)
def test_what_was_allowed_until_a_day_that_is_over_is_due_the_day_after_whether_or_not_this_run_found_it(
    run, db, again, brought, status
):
    allowed = {"print-7": StandingDecision("allowed", date(2026, 11, 9), "lead")}
    run(0, [found()], decisions=allowed)
    run(1, [], CUT, decisions=allowed)

    assert run(2, again, *([brought] if brought else []), decisions=allowed) == {"7": (status, None)}
    rows = "select decision, due_on, is_late from published.exceptions where run_id = ?"
    assert db.execute(rows, [WEEKS[2]]).fetchall() == [(None, date(2026, 11, 10), True)]
    run(3, [], CUT, decisions=allowed)
    assert db.execute(rows, [WEEKS[3]]).fetchall() == [(None, date(2026, 11, 10), True)]


def test_an_exception_stays_open_while_its_allowance_stands(run):
    allowed = {"print-7": StandingDecision("allowed", date(2026, 11, 16), "lead")}
    run(0, [found()], decisions=allowed)

    assert run(1, [found()], decisions=allowed) == {"7": OPEN}


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ({"person": "a"}, OPEN),  # the register has no birthdays any more
        ({"person": "a", "birthday": "a:1"}, OPEN),
        ({"person": "a", "birthday": "a:2"}, ("changed", None)),
        ({"person": "b", "birthday": "b:1"}, ("changed", None)),
    ],
)
def test_a_case_has_changed_just_where_a_decision_about_it_would_fall(run, now, status):
    run(0, [replace(found(), about={"person": "a", "birthday": "a:1"})])

    assert run(1, [replace(found(), about=now)]) == {"7": status}


def test_the_same_run_twice_gives_the_same_rows(run, db):
    run(0, [found("7"), found("8")])
    run(1, [found("8")])
    before = db.execute("select * from outcome.exceptions order by run_id, fingerprint").fetchall()
    run(1, [found("8")])

    assert db.execute("select * from outcome.exceptions order by run_id, fingerprint").fetchall() == before


def test_a_published_run_that_is_reconciled_again_is_not_its_own_week_before(run, db):
    run(0, [found()])
    db.execute("update raw.runs set published_at = now()")

    settle(db, WEEKS[0], [found()], observed(db, whole()))

    assert statuses(db, WEEKS[0]) == ["new"]


def test_who_is_still_listed_but_could_not_be_judged_stays_open_though_the_list_was_whole(run):
    run(0, [found()])

    assert run(1, [], [follow("7"), profile("7", None), listing_end()]) == {"7": ("changed", None)}


def test_who_is_listed_by_a_bare_id_is_not_judged_by_the_name_of_an_earlier_week(run):
    run(0, [found()])

    assert run(1, [], [follow("7"), listing_end()]) == {"7": OPEN}
    assert run(2, [], listed("7")) == {"7": RIGHT}


@pytest.mark.parametrize(("is_told_of_both", "status"), [(False, "not_seen"), (True, "gone")])
def test_what_was_let_go_of_after_its_time_has_not_ended_by_that(db, week, is_told_of_both, status):
    case = replace(found("UC9"), check_id="pupil_comment", platform="youtube", account_id="UC1")
    place = {"platform": "youtube", "account_id": "UC1"}
    about = {"post_id": "v", "parent_id": None, "actor_id": "UC9", "kind": "comment", "posted_at": None, "text": "Hi"}
    a, b = (Comment(**place, comment_id=number, **about) for number in ("a", "b"))
    coverage = judged("pupil_comment", "core.commenter_coverage", "youtube", "UC1")
    a_gone, b_gone = (Proof(**place, kind="comment", subject_id=number, answer="gone") for number in ("a", "b"))
    second = [b, a_gone] if is_told_of_both else [b]
    for day, records, found_now in ((WEEKS[0], [a, b], [case]), (WEEKS[1], second, [case]), (WEEKS[2], [b_gone], [])):
        run_id = week(day)
        if day == WEEKS[2]:  # as retention does after four weeks
            db.execute("delete from raw.comments where comment_id = 'a'")
            db.execute("delete from raw.proofs where subject_id = 'a'")
        load(db, run_id=run_id, source="youtube", records=records)
        settle(db, run_id, found_now, observed(db, coverage))
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    assert statuses(db, WEEKS[2]) == [status]


def picture(medium: str) -> ExceptionFound:
    return replace(found(medium), check_id="withdrawn_picture", subject_kind="medium", concerns="picture")


@pytest.mark.parametrize(
    ("verdict", "status"), [(None, "open"), ("unreadable", "open"), ("unapproved", "open"), ("approved", "gone")]
)
def test_a_picture_that_stands_is_gone_only_when_all_of_it_was_seen_to_be_approved(db, week, verdict, status):
    coverage = judged("withdrawn_picture", "core.picture_coverage", "x", "100")
    for number, day in enumerate(WEEKS[:2]):
        run_id = week(day)
        load(db, run_id=run_id, source="x", records=[post("1"), photo("1", "3_1"), listing_end("posts")])
        if number and verdict:
            keep_verdicts(db, run_id, [picture_verdict("3_1", verdict)])
        found_now = [] if number else [picture("3_1")]
        settle(db, run_id, found_now, observed(db, coverage))
        db.execute("update raw.runs set published_at = now() where run_id = ?", [run_id])

    assert statuses(db, WEEKS[1]) == [status]


def picture_verdict(medium: str, verdict: str) -> dict[str, object]:
    place = {"platform": "x", "account_id": "100", "post_id": "1", "medium_id": medium}
    return {**place, "verdict": verdict, "why": "It is so."}


def test_open_cases_say_whether_they_were_found_and_seen_and_those_set_aside_or_asked_for_no_more_are_none(db, week):
    week("2026-11-09")
    for number, (check, status, decision, described) in enumerate(
        [
            ("a", "open", None, "2026-11-02"),
            ("a", "changed", "confirmed", "2026-11-02"),
            ("a", "suspended", None, "2026-11-02"),
            ("a", "open", None, "2026-11-09"),
            ("b", "not_seen", None, "2026-11-02"),
            ("c", "open", "mistaken", "2026-11-02"),
            ("c", "not_seen", "allowed", "2026-11-02"),
            ("d", "gone", None, "2026-11-02"),
            ("unasked", "not_seen", None, "2026-11-02"),
        ]
    ):
        put(
            db, "2026-11-09", f"print-{number}", check_id=check, status=status, decision=decision,
            described_in=described, breaks=[] if check == "unasked" else ["k"],
            decided_until=date(2026, 11, 9) if decision == "allowed" else None,
        )  # fmt: skip

    cases = open_cases(db, "2026-11-09")
    assert sorted((case.check_id, case.is_found, case.is_seen) for case in cases) == [
        ("a", False, False), ("a", False, True), ("a", False, True), ("a", True, True), ("b", False, False),
    ]  # fmt: skip


def backlog(db, number):
    sql = (
        "select subject_id, backlog_since, states.due_on, decision from outcome.exceptions "
        "inner join outcome.exception_states as states using (run_id, fingerprint) where run_id = ? order by all"
    )
    return db.execute(sql, [WEEKS[number]]).fetchall()


def waits(actor: str = "7", *, may_wait: bool = True) -> ExceptionFound:
    return replace(found(actor), may_wait=may_wait)


FIRST, LATER = date(2026, 11, 2), date(2027, 4, 30)


def planned(until: date = LATER, verdict: str = "planned") -> dict[str, StandingDecision]:
    return {"print-7": StandingDecision(verdict, until, "dsl", about=json.dumps(dict(found().about)))}


def test_what_the_first_run_of_an_account_finds_and_may_wait_is_backlog_and_nothing_later(run, db):
    run(0, [waits("7"), found("8")])
    run(1, [waits("7"), found("8"), waits("9")])

    assert [row[:2] for row in backlog(db, 0)] == [("7", FIRST), ("8", None)]
    assert [row[:2] for row in backlog(db, 1)] == [("7", FIRST), ("8", None), ("9", None)]


@pytest.mark.parametrize(
    ("decisions", "more", "due", "decision"),
    [
        (planned(), {}, LATER, "planned"),
        (planned(), {"may_wait": False}, date(2026, 11, 9), None),
        (planned(date(2026, 11, 6)), {}, date(2026, 11, 9), None),
    ],
    ids=["planned", "grave since", "over"],
)
def test_a_planned_case_stays_open_and_is_due_on_its_day_unless_it_may_no_longer_wait(
    run, db, decisions, more, due, decision
):
    run(0, [waits()])
    run(1, [waits(**more)], decisions=decisions)

    assert [row[2:] for row in backlog(db, 1)] == [(due, decision)]
    sql = "select stands, is_open, is_late from outcome.exception_states where run_id = ?"
    assert db.execute(sql, [WEEKS[1]]).fetchall() == [(True, True, False)]


@pytest.mark.parametrize("after", [{}, planned(verdict="confirmed")], ids=["taken back", "confirmed"])
def test_a_case_whose_plan_is_taken_back_or_decided_otherwise_is_due_as_before(run, db, after):
    run(0, [waits()])
    run(1, [waits()], decisions=planned())
    run(2, [waits()], decisions=after)

    assert [row[2] for row in backlog(db, 2)] == [date(2026, 11, 9)]


def test_a_plan_holds_while_its_case_is_not_found(run, db):
    run(0, [waits()])
    run(1, [], records=[], decisions=planned())

    assert [row[1:] for row in backlog(db, 1)] == [(FIRST, LATER, "planned")]
    run(2, [], records=[])
    assert [row[1:] for row in backlog(db, 2)] == [(FIRST, date(2026, 11, 9), None)]
