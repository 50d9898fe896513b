"""What is asked for between pulling and judging, and what is kept of the answers."""

from dataclasses import replace

from connectors.records import MediumFile, Person
from tests.warehouse.rows import follow, listing_end, photo, post, profile
from warehouse.runs import match_store
from warehouse.store.load import load


def file(medium: str, problem: str | None = None) -> MediumFile:
    return MediumFile(
        platform="x",
        medium_id=medium,
        url="u",
        sha256=None if problem else "s",
        body=None if problem else b"b",
        content_type=None,
        width=None,
        height=None,
        problem=problem,
    )


def verdict(medium: str, *, has_position: bool | None = False) -> dict[str, object]:
    return {
        "platform": "x",
        "account_id": "100",
        "post_id": "1",
        "medium_id": medium,
        "sha256": "s2",
        "pdq": "00",
        "pdq_quality": 100,
        "has_position": has_position,
        "verdict": "approved",
        "why": "It is.",
    }


def fetched(db, run_id, settled=()):
    return [medium for _, medium, _ in match_store.media_to_fetch(db, run_id, settled=settled)]


def test_each_account_that_touches_an_official_one_is_asked_about_once_and_everybody_on_a_register(db, week):
    person = Person(register="pupils", person_id="P1")
    both = [follow("7"), follow("7", account="200"), listing_end(), listing_end(account_id="200")]
    load(db, run_id=week("2026-11-02"), source="x", records=[profile("7", "Someone"), *both, person])

    assert [row["actor_id"] for row in match_store.actors(db)] == ["7"]
    assert [(row["role"], row["person_id"]) for row in match_store.people(db)] == [("pupil", "P1")]
    assert match_store.photographs(db) == []


def test_only_bytes_that_this_run_lacks_are_fetched_and_what_was_seen_before_serves_on_x(db, week):
    run_id = week("2026-11-02")
    pictures = [photo("1", medium) for medium in ("3_1", "3_2", "3_3")]
    load(db, run_id=run_id, source="x", records=[post("1"), *pictures, listing_end("posts")])
    load(db, run_id=run_id, source="media", records=[file("3_1"), file("3_2", "unavailable")])

    assert fetched(db, run_id) == ["3_2", "3_3"]

    match_store.keep_verdicts(db, run_id, [verdict("3_2")])
    seen = {
        row["medium_id"]: (match_store.body(db, row["file_id"]), row["sha256"])
        for row in match_store.pictures(db, run_id)
    }

    assert fetched(db, run_id, settled={"s2"}) == ["3_3"]
    assert fetched(db, run_id) == ["3_2", "3_3"]
    assert seen == {"3_1": (b"b", "s"), "3_2": (None, "s2"), "3_3": (None, None)}


def test_a_picture_whose_file_was_never_searched_for_a_position_is_fetched_again(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[post("1"), photo("1", "3_1"), listing_end("posts")])
    match_store.keep_verdicts(db, run_id, [verdict("3_1", has_position=None)])

    assert fetched(db, run_id, settled={"s2"}) == ["3_1"]


def test_a_thumbnail_is_fetched_in_every_run_because_its_address_outlives_what_it_shows(db, week):
    thumbnail = replace(photo("v1", "v1/thumbnail"), platform="youtube", account_id="UC1", kind="thumbnail")
    video = post("v1", platform="youtube", account_id="UC1", kind="video")
    listing = listing_end("posts", platform="youtube", account_id="UC1")
    for day in ("2026-11-02", "2026-11-09"):
        run_id = week(day)
        load(db, run_id=run_id, source="x", records=[post("1"), photo("1", "3_1"), listing_end("posts")])
        load(db, run_id=run_id, source="youtube", records=[video, thumbnail, listing])

        assert fetched(db, run_id, settled={"s2"}) == (["3_1"] if day == "2026-11-02" else []) + ["v1/thumbnail"]

        shown = {"platform": "youtube", "account_id": "UC1", "post_id": "v1", "medium_id": "v1/thumbnail"}
        match_store.keep_verdicts(db, run_id, [verdict("3_1"), verdict("v1/thumbnail") | shown])


def test_keeping_replaces_and_nothing_is_kept_of_nothing(db):
    match = {
        "platform": "x",
        "actor_id": "7",
        "person_id": "P1",
        "role": "pupil",
        "band": "likely",
        "probability": 0.9,
        "reasons": "[]",
        "is_best": True,
    }
    match_store.keep_matches(db, "r", [match])
    match_store.keep_matches(db, "r", [match])
    assert db.execute("select count(*) from raw.matches").fetchall() == [(1,)]

    match_store.keep_matches(db, "r", [])
    assert db.execute("select count(*) from raw.matches").fetchall() == [(0,)]
    assert match_store.open_severities(db, "r") == ()
