"""An X archive shows what stood on the day it was made: what of it is judged, what not, and what is never asked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.run import judge
from connectors.records import Archive, Unavailable
from tests.warehouse.conftest import MORNING
from tests.warehouse.rows import file, follow, listing_end, photo, post, profile, registers_read
from warehouse.runs import match_store
from warehouse.runs.known_members import known_account, known_actors, last_read
from warehouse.runs.runs import note_pull
from warehouse.store.load import load

SOURCE = "x_archive:100"
MONDAY = "2026-11-02"
SOME = "all of these"
OF = "were judged. Read from the archive of"
UNDATED = "Read from an archive that does not say when it was made"
LATER = "nothing later was seen."


def archive(made_at=datetime(2026, 10, 31, 20, tzinfo=UTC), *, is_dated=True):
    return Archive(platform="x", account_id="100", made_at=made_at, is_dated=is_dated, file_sha256="f")


def cut(post_id):
    return Unavailable(platform="x", kind="post", subject_id=post_id, reason="cut")


def medium(kind, number, post_id="1", **more):
    return replace(photo(post_id, number), kind=kind, **more)


def read(db, week, *records, day=MONDAY, source=SOURCE):
    run_id = week(day)
    db.execute("update raw.official_accounts set reads = 'archive' where platform = 'x'")
    load(db, run_id=run_id, source=source, records=[profile("100"), listing_end("posts"), *records])
    return run_id


def ask(db, check_id, day=MONDAY, **parameters):
    on = date.fromisoformat(day)
    return judge(
        AskedOnce(db),
        catalogue()[check_id],
        as_of=on,
        parameters=parameters,
        applies_to=[("x", "100")],
        doubtful_populations=frozenset(),
        key="k",
    )


@pytest.mark.parametrize(
    ("made_at", "verdict", "why"),
    [
        (datetime(2026, 10, 26, 9, tzinfo=UTC), "kept", f"has 1 post; all {OF} 26 October 2026; {LATER}"),
        (datetime(2026, 10, 25, 9, tzinfo=UTC), "could_not_tell", f"had 1 post; {SOME} {OF} 25 October 2026; {LATER}"),
        (datetime(2022, 3, 3, 9, tzinfo=UTC), "could_not_tell", f"had 1 post; {SOME} {OF} 3 March 2022; {LATER}"),
        (None, "could_not_tell", f"had 1 post; {SOME} were judged. {UNDATED}; {LATER}"),
    ],
)
def test_an_archive_of_more_than_a_week_ago_never_says_kept(db, week, made_at, verdict, why):
    read(db, week, post("1"), archive(made_at))

    outcome = ask(db, "posting_hours", from_hour=0, to_hour=24)

    assert (outcome.verdict, outcome.why) == (verdict, f"@OusterlyVale {why}")


def test_an_archive_without_a_day_of_its_own_is_told_by_the_newest_thing_in_it(db, week):
    read(db, week, post("1"), archive(is_dated=False))

    assert ask(db, "posting_hours", from_hour=0, to_hour=24).why.endswith(
        "Read from an archive that does not say when it was made: the newest thing in it is of 31 October 2026, and "
        "nothing later was seen."
    )


def test_what_the_school_keeps_itself_is_no_older_for_an_old_archive(db, week):
    run_id = read(db, week, archive(datetime(2022, 3, 3, tzinfo=UTC)))
    registers_read(db, run_id)
    columns = "run_id, source, platform, account_id, handle, purpose, owner_role, approved_by, approved_on"
    db.execute(f"insert into raw.registered_accounts ({columns}) values (?, 'registers', 'x', '100', '@OusterlyVale', "
               "'news', 'headteacher', 'headteacher', '2026-09-01')", [run_id])  # fmt: skip

    assert "archive" not in ask(db, "account_register").why


def test_pictures_of_an_archive_have_no_alternative_text_to_be_judged(db, week):
    told = medium("photo", "3_2", alt_text="The hall.")
    read(db, week, post("1"), medium("photo", "3_1"), medium("animated_gif", "16_1"), told, archive())

    outcome = ask(db, "alt_text", look_back_days=60)

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert (outcome.fetched, outcome.judged) == (3, 1)
    assert "2 photographs came without a word on their alternative texts." in outcome.why


def test_an_alternative_text_that_was_missing_does_not_count_as_put_right_by_an_archive(db, week):
    week("2026-10-26")
    read(db, week, post("1"), medium("photo", "3_1"), archive())

    seen, unjudged = (
        {row[0] for row in db.execute(f"select coverage from core.{how}_subjects where subject_id = '3_1'").fetchall()}
        for how in ("seen", "unjudged")
    )

    assert "core.photo_coverage" in unjudged
    assert "core.picture_coverage" not in seen


@pytest.mark.parametrize("source", [SOURCE, "x"])
def test_a_video_and_an_animation_are_pictures_that_were_not_compared(db, week, source):
    run_id = read(db, week, post("1"), medium("photo", "3_1"), medium("video", "7_1"), medium("animated_gif", "16_1"),
                  source=source)  # fmt: skip
    registers_read(db, run_id)
    match_store.keep_verdicts(db, run_id, [
        {"platform": "x", "account_id": "100", "post_id": "1", "medium_id": medium_id, "sha256": "s",
         "verdict": "approved", "why": "It is photograph P.", "is_fresh": True}
        for medium_id in ("3_1", "16_1")
    ])  # fmt: skip

    outcome = ask(db, "unapproved_picture")

    assert (outcome.verdict, outcome.fetched, outcome.judged) == ("could_not_tell", 3, 1)
    assert "2 posted pictures could not be compared." in outcome.why
    assert outcome.why.endswith(
        "1 video on X was not compared, and of 1 animation on X at most the first picture was compared."
    )
    assert db.execute("select count(*) from core.unjudged_subjects where subject_id = '16_1'").fetchone() == (
        (2 if source == "x" else 3),
    )


def test_a_medium_that_did_not_come_is_a_picture_that_nothing_is_known_of(db, week):
    read(db, week, post("1"), medium("unknown", "1/0", url=None), source="x")

    views = ("picture_coverage", "photo_coverage", "exposure_coverage", "position_coverage", "post_coverage")
    seen = {view: db.sql(f"select fetched, judged from core.{view} where platform = 'x'").fetchall() for view in views}

    assert set(map(tuple, seen.values())) == {((1, 0),)}
    assert match_store.media_to_fetch(db, MONDAY, settled=[]) == []


def test_a_post_whose_text_was_cut_is_not_judged_by_its_words_and_one_without_a_time_not_by_its_hour(db, week):
    read(db, week, post("1", "RT @other: The harvest…", kind="repost"), post("2"), post("3", posted_at=None), cut("1"),
         archive())  # fmt: skip

    words, hours = ask(db, "contact_details"), ask(db, "posting_hours", from_hour=0, to_hour=24)

    assert (words.verdict, words.fetched, words.judged) == ("could_not_tell", 3, 2)
    assert "1 post came without all its words: its text was cut, or the text for a picture left out." in words.why
    assert (hours.verdict, hours.fetched, hours.judged) == ("could_not_tell", 3, 2)
    assert "1 post came without a time that can be read." in hours.why


def test_a_post_with_a_picture_of_an_archive_may_say_more_in_the_pictures_text(db, week):
    read(db, week, post("1"), post("2"), medium("photo", "3_1"), archive())

    outcome = ask(db, "contact_details")

    assert (outcome.verdict, outcome.fetched, outcome.judged) == ("could_not_tell", 2, 1)


def test_a_text_that_was_cut_last_time_and_came_whole_now_is_judged(db, week):
    read(db, week, post("1"), cut("1"), archive(), day="2026-10-26")
    load(db, run_id=week(MONDAY), source="x", records=[post("1"), listing_end("posts")])

    assert ask(db, "contact_details").judged == 1


def test_a_profile_that_the_archive_lacks_is_not_judged(db, week):
    read(db, week, archive(), Unavailable(platform="x", kind="actor", subject_id="100", reason="no_profile"))

    rows = db.execute("select fetched, judged from core.profile_coverage where platform = 'x'").fetchall()

    assert rows == [(1, 0)]


@pytest.mark.parametrize(
    ("stopped", "says"),
    [
        ("part", "X made this archive in part only."),
        ("missing", "A file that the archive's own manifest names is not there."),
        ("miscounted", "The archive does not hold as many rows that can be read as its own manifest counts."),
        ("communities", "Posts to communities stand in a file of their own, which is not read."),
        ("articles", "The account's articles stand in a file of a form that X does not describe; it is not read."),
        ("uncounted", "The archive does not say how many there are, so that some may be missing."),
    ],
)
def test_what_an_archive_lacks_is_told_in_words_for_archives(db, week, stopped, says):
    ended = replace(listing_end("posts", whole=False), stopped=stopped)
    followers = replace(listing_end(rows=1, count=9, whole=False), stopped=stopped)
    read(db, week, post("1"), ended, follow("7"), followers, archive())

    posts, lines = ask(db, "posting_hours", from_hour=0, to_hour=24), ask(db, "underage_follower")

    assert posts.why == f"1 post of @OusterlyVale could be seen; all of these were judged. {says} {DAY}"
    assert lines.why.startswith(f"1 of the 9 followers that the archive counts for @OusterlyVale were read; 0 were "
                                f"judged. {says} ")  # fmt: skip
    assert "(" not in says


DAY = "Read from the archive of 31 October 2026; nothing later was seen."


def test_what_no_archive_has_is_told_as_that(db, week):
    read(db, week, post("1"), archive())

    assert ask(db, "abusive_comment").why == "The comments of @OusterlyVale are not in X's archive."


def test_an_account_that_is_read_from_its_archive_never_has_its_platform_asked_for_pictures(db, week):
    first = read(db, week, post("1"), photo("1", "3_1"), photo("1", "3_2"), file("3_1"), archive(), day="2026-10-26")
    later = read(db, week, post("1"), photo("1", "3_1"), photo("1", "3_2"), archive())

    assert match_store.media_to_fetch(db, later, settled=[]) == []

    db.execute("delete from raw.medium_files where run_id = ?", [first])
    db.execute("update raw.official_accounts set reads = 'owned'")

    assert len(match_store.media_to_fetch(db, later, settled=[])) == 2


def test_the_day_on_which_an_account_was_read_last_is_the_newest_of_archives_and_live_pulls(db, week):
    nobody = last_read(db, "100", until=date(2026, 12, 31))
    made = datetime(2026, 10, 31, 20, tzinfo=UTC)
    read(db, week, archive(made))
    at_archive = last_read(db, "100", until=date(2026, 12, 31))
    began = datetime(2026, 11, 9, 6, tzinfo=UTC)
    run_id = week("2026-11-09")
    load(db, run_id=run_id, source="x", records=[listing_end("posts", rows=0)])
    note_pull(db, run_id, "x", times=(began, began), state="complete", error=None, estimate=None)
    at_nothing = last_read(db, "100", until=date(2026, 12, 31))
    load(db, run_id=run_id, source="x", records=[listing_end("posts", rows=3)])

    assert (nobody, at_archive, at_nothing) == (None, made, made)
    assert last_read(db, "100", until=date(2026, 12, 31)) == began
    assert last_read(db, "100", until=date(2026, 11, 8)) == made
    assert last_read(db, "200", until=date(2026, 12, 31)) is None


def test_a_list_in_an_archive_is_no_full_sync_at_x(db, week):
    read(db, week, listing_end(), archive(datetime(2022, 3, 3, tzinfo=UTC)))

    assert known_account(db, "x", "100", before=date(2026, 11, 9)).full_sync_on is None


def test_the_day_of_an_archive_is_published_with_its_pull(db, week):
    run_id = read(db, week, archive(datetime(2026, 10, 24, 23, 30, tzinfo=UTC)))
    for source in (SOURCE, "youtube"):
        note_pull(db, run_id, source, times=(MORNING, MORNING), state="complete", error=None, estimate=None)

    rows = db.execute("select source, archive_made_on, archive_is_old from published.pulls order by 1").fetchall()

    assert rows == [(SOURCE, date(2026, 10, 25), True), ("youtube", None, None)]


BARE = "is a bare id; looking it up at X would cost about $0.01 (1 at $0.010). To look everybody up once: audit run "
COMMAND = "--look-up-followers (1 bare id in all lists, at most $0.01)."


@pytest.mark.parametrize(
    ("known", "unshown", "verdict", "says"),
    [
        ("789", {}, "kept", "has 3 followers; all were judged. "),
        ("78", {}, "could_not_tell", f"has 3 followers; 2 were judged. 1 follower {BARE}ousterly-vale {COMMAND} "),
        ("78", {"9": "suspended"}, "kept", "has 3 followers; 2 were judged. 1 follower is suspended at X. "),
        ("78", {"9": "resource-not-found"}, "kept", "has 3 followers; 2 were judged. 1 follower is at X no more. "),
        ("78", {"9": "not-shown"}, "could_not_tell", "has 3 followers; 2 were judged. X would not show 1 follower. "),
        ("", {"7": "suspended", "8": "suspended", "9": "resource-not-found"}, "could_not_tell",
         "has 3 followers; 0 were judged. 2 followers are suspended at X. 1 follower is at X no more. "),
    ],
)  # fmt: skip
def test_who_was_looked_up_counts_as_judged_and_of_the_others_it_is_told_why_not(
    db, week, known, unshown, verdict, says
):
    lines = [follow(actor) for actor in "789"]
    run_id = read(db, week, *lines, listing_end(rows=3), listing_end("following", rows=0), archive())
    db.execute("update raw.schools set school_id = 'ousterly-vale'")
    registers_read(db, run_id)
    told = [Unavailable(platform="x", kind="actor", subject_id=actor, reason=why) for actor, why in unshown.items()]
    load(db, run_id=run_id, source="x_profiles", records=[*map(profile, known), *told])

    outcome = ask(db, "pupil_follower")

    assert (outcome.verdict, outcome.judged) == (verdict, len(known))
    assert outcome.why == f"@OusterlyVale {says}{DAY}"


def test_what_x_said_of_an_id_last_week_is_asked_again_and_a_profile_that_was_bought_is_not(db, week):
    before = read(db, week, follow("7"), follow("8"), listing_end(rows=2), archive(), day="2026-10-26")
    gone = Unavailable(platform="x", kind="actor", subject_id="8", reason="resource-not-found")
    load(db, run_id=before, source="x_profiles", records=[profile("7"), gone])
    read(db, week, follow("7"), follow("8"), listing_end(rows=2), archive())

    assert known_actors(db, "x") == {"7", "100"}
    assert db.sql("select actor_id, state from core.unknown_follows").fetchall() == [("8", "unasked")]


def test_a_run_that_is_begun_again_keeps_the_profiles_that_it_bought(db, week):
    run_id = read(db, week, follow("7"), archive())
    load(db, run_id=run_id, source="x_profiles", records=[profile("7")])
    week(MONDAY)

    assert "7" in known_actors(db, "x")
