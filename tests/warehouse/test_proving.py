"""Who is to be asked for follows from what stood and what is still open, and from what a platform has answered."""

from datetime import date, datetime

import pytest

from connectors.records import Comment, Proof
from tests.warehouse.cases import put
from tests.warehouse.conftest import MORNING
from tests.warehouse.rows import follow, photo, post
from warehouse.runs.known_members import to_prove
from warehouse.runs.runs import end
from warehouse.store.load import load

FIRST, SECOND, THIRD = "2026-11-02", "2026-11-09", "2026-11-16"


@pytest.fixture
def run(db, week):
    """Give a function that opens, fills and publishes the run of a day; records are on X unless they say otherwise."""

    def made(day, *records, source="x", at=MORNING):
        load(db, run_id=week(day), source=source, records=records)
        end(db, day, is_complete=True, at=at)

    return made


@pytest.fixture
def raise_(db):
    def made(day, subject, kind, *, status="open", check="c", evidence="{}", platform="x", print_=None, proof=None):
        fingerprint = print_ or f"{subject}/{kind}"
        about = {"check_id": check, "platform": platform, "subject_id": subject, "subject_kind": kind}
        put(db, day, fingerprint, status=status, evidence=evidence, proof=proof, **about)

    return made


def comment(ident, actor="7", kind="reply", platform="x"):
    return Comment(
        platform=platform, account_id="100", comment_id=ident, post_id="1", parent_id=None, actor_id=actor, kind=kind,
        posted_at=None, text="Hello",
    )  # fmt: skip


def proof(kind, subject, answer="gone", platform="x"):
    return Proof(platform=platform, account_id="100", kind=kind, subject_id=subject, answer=answer)


def cases(db, platform="x", before=THIRD):
    found = to_prove(db, platform, "100", before=date.fromisoformat(before)).cases
    return [(one.kind, one.subject_id, one.listing) for one in found]


def members(db, platform="x", before=THIRD):
    return [
        (one.kind, one.subject_id) for one in to_prove(db, platform, "100", before=date.fromisoformat(before)).members
    ]


def test_everybody_ever_seen_is_a_member_and_whom_the_last_run_saw_comes_first(db, run):
    run(FIRST, follow("1"), follow("2"), follow("3", direction="following"), post("10"))
    run(SECOND, follow("2"), comment("20"), comment("21", kind="quote"))

    assert members(db) == [
        ("comment", "20"), ("comment", "21"), ("follower", "2"), ("follower", "1"), ("following", "3"), ("post", "10"),
    ]  # fmt: skip
    assert members(db, before=SECOND) == [("follower", "1"), ("follower", "2"), ("following", "3"), ("post", "10")]
    assert members(db, platform="youtube") == []


def test_each_stands_in_the_list_that_would_show_it(db, run):
    run(FIRST, follow("1"), follow("3", direction="following"), post("10"), comment("20"), comment("21", kind="quote"))
    run(SECOND, comment("22", platform="youtube"), source="youtube")

    listings = {one.subject_id: one.listing for one in to_prove(db, "x", "100", before=date(2026, 11, 16)).members}
    assert listings == {"1": "followers", "3": "following", "10": "posts", "20": "mentions", "21": "comments"}
    assert to_prove(db, "youtube", "100", before=date(2026, 11, 16)).members[0].listing == "comments"


def test_whoever_was_proved_gone_is_no_member_until_seen_again(db, run):
    run(FIRST, follow("1"), follow("2"), follow("3"), proof("follower", "3", "stands"))
    run(SECOND, proof("follower", "1"), proof("follower", "2", "suspended"), proof("following", "3"))
    assert members(db) == [("follower", "2"), ("follower", "3")]

    run(THIRD, follow("1"))
    assert members(db, before="2026-11-23") == [("follower", "1"), ("follower", "2"), ("follower", "3")]


def test_whom_a_platform_called_gone_on_the_day_of_the_last_list_with_them_is_no_member(db, run):
    run(FIRST, follow("1"), follow("2"), proof("follower", "1"))

    assert members(db) == [("follower", "2")]


def test_an_edited_post_is_one_member_and_a_deleted_one_in_an_archive_none(db, run):
    run(FIRST, post("9"), post("11", deleted_at=MORNING))
    run(SECOND, post("10", first_version_id="9"))

    assert members(db) == [("post", "10")]


def test_an_actor_is_asked_for_by_each_line_and_by_the_comments_that_still_stood(db, run, raise_):
    lines = (follow("7"), follow("7", direction="following"), follow("8"))
    run(FIRST, *lines, comment("20"), comment("21"), comment("22", actor="8"))
    run(SECOND, follow("7"), proof("comment", "21"), proof("following", "7"))
    raise_(SECOND, "7", "actor")

    late = "2026-11-30"  # two weeks after the second run nobody asks again for what was gone there
    assert cases(db, before=late) == [
        ("comment", "20", "mentions"), ("follower", "7", "followers"), ("following", "7", "following"),
    ]  # fmt: skip
    assert {*cases(db)} - {*cases(db, before=late)} == {("comment", "21", "mentions")}


@pytest.mark.parametrize(("made_on", "is_asked"), [("2026-11-02", False), ("2026-11-16", True), ("2026-11-30", True)])
def test_the_two_weeks_in_which_it_is_asked_again_begin_when_the_answer_came(db, run, raise_, made_on, is_asked):
    run(FIRST, comment("21"), post("10"))
    run(SECOND, proof("comment", "21"), proof("post", "10"), at=datetime.fromisoformat(f"{made_on}T06:00Z"))
    raise_(SECOND, "7", "actor")
    raise_(SECOND, "10", "post", status="gone", proof="asked")

    wanted = {("comment", "21", "mentions"), ("post", "10", "posts")}
    assert {*cases(db, before="2026-11-30")} == (wanted if is_asked else set())


def test_a_picture_is_asked_for_by_the_post_that_carries_it_and_a_video_is_its_own(db, run, raise_):
    run(FIRST, post("10"), post("11"), photo("10", "3_1"), photo("11", "3_1"), photo("12", "3_2"))
    raise_(FIRST, "3_1", "medium")
    raise_(FIRST, "10", "medium")

    assert cases(db) == [("post", "10", "posts"), ("post", "11", "posts")]


def test_a_picture_in_a_comment_is_asked_for_by_the_comment(db, run, raise_):
    run(FIRST, comment("Ugx.1", platform="youtube"), source="youtube")
    raise_(FIRST, "Ugx.1/picture", "medium", platform="youtube")

    assert cases(db, "youtube") == [("comment", "Ugx.1", "comments")]


def test_posts_and_comments_are_asked_for_by_their_own_id_and_what_is_no_platforms_is_not(db, run, raise_):
    run(FIRST, post("10"), comment("20"))
    for subject, kind in (
        ("10", "post"),
        ("20", "comment"),
        ("M1", "photograph"),
        ("pupils", "register"),
        ("p", "policy"),
    ):
        raise_(FIRST, subject, kind)
    raise_(FIRST, "100", "account")

    assert cases(db) == [("comment", "20", "mentions"), ("post", "10", "posts")]


def test_a_post_of_somebody_else_that_the_account_likes_is_not_asked_for(db, run, raise_):
    run(FIRST, post("9"), post("10", first_version_id="9"))
    for subject in ("9", "10", "91"):
        raise_(FIRST, subject, "post")

    assert cases(db) == [("post", "10", "posts"), ("post", "9", "posts")]


@pytest.mark.parametrize(("status", "found"), [("new", 1), ("not_seen", 1), ("suspended", 1), ("gone", 0)])
def test_a_case_is_what_the_newest_published_run_did_not_call_gone(db, run, raise_, status, found):
    run(FIRST, post("10"))
    raise_(FIRST, "10", "post")
    run(SECOND)
    raise_(SECOND, "10", "post", status=status)

    assert len(cases(db)) == found
    assert len(cases(db, before=SECOND)) == 1


def test_what_a_platform_called_gone_is_asked_for_again_for_two_weeks(db, run, raise_):
    run(FIRST, post("10"), follow("7"), comment("20"), post("12"))
    run(SECOND, proof("post", "10"), proof("follower", "7"), proof("comment", "20"))
    for subject, kind, proved in (("10", "post", "asked"), ("7", "actor", "asked"), ("12", "post", "put_right")):
        raise_(FIRST, subject, kind)
        raise_(SECOND, subject, kind, status="gone", proof=proved)

    again = [("comment", "20", "mentions"), ("follower", "7", "followers"), ("post", "10", "posts")]
    assert cases(db, before=THIRD) == again
    run(THIRD, proof("post", "10"), proof("comment", "20"))
    assert cases(db, before="2026-11-23") == again
    assert cases(db, before="2026-11-30") == []
    assert ("post", "10") not in members(db, before=THIRD)


def test_what_was_never_published_is_no_case(db, run, raise_, week):
    run(FIRST, post("10"))
    week(SECOND)
    raise_(SECOND, "10", "post")

    assert cases(db) == []


def test_a_place_of_a_take_down_is_asked_for_until_it_is_proved_gone(db, run, raise_):
    ended = '{"ended": "consent withdrawn", "photograph_id": "%s"}'
    run(FIRST, post("10"), photo("10", "3_1"))
    raise_(FIRST, "3_1", "medium", check="withdrawn_picture", evidence=ended % "M1", print_="f")
    run(SECOND)
    raise_(SECOND, "3_1", "medium", check="withdrawn_picture", evidence=ended % "M2", status="gone", print_="f")
    assert cases(db) == [("post", "10", "posts")]

    run(THIRD, proof("post", "10"))
    assert cases(db, before="2026-11-23") == []
