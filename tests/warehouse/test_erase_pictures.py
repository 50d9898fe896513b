"""What was seen in a picture goes with what named it, and a forgotten subject's picture goes in every form."""

from dataclasses import replace
from datetime import date

from connectors.records import Comment
from tests.warehouse.cases import put
from tests.warehouse.expiring import erase_account, expire
from tests.warehouse.rows import file, ids
from warehouse.runs.match_store import keep_parts, keep_verdicts
from warehouse.runs.run_memory import keep_looks
from warehouse.store.load import load


def attached(actor: str, comment: str) -> Comment:
    return Comment(
        platform="youtube", account_id="UC1", comment_id=comment, post_id="v1", parent_id=None, actor_id=actor,
        kind="comment", posted_at=None, text="", picture_url="https://yt3.googleusercontent.com/p",
    )  # fmt: skip


def look_at(db, run_id, post, medium, sha256, key, platform="youtube"):
    """Keep a verdict on a picture in a run, and the look that it rests on."""
    row = {"platform": platform, "account_id": "UC1", "post_id": post, "medium_id": medium, "sha256": sha256}
    db.execute(
        "insert into raw.picture_verdicts (run_id, platform, account_id, post_id, medium_id, sha256, verdict, why) "
        "values (?, ?, ?, ?, ?, ?, 'unapproved', 'w')",
        [run_id, *row.values()],
    )
    keep_looks(db, [{"sha256": key, "register": "r", "parts": "[]", "people": "no"}], of=ids(db, "looks", "sha256"))


def test_what_was_seen_in_a_picture_goes_with_the_last_verdict_that_names_it(db, week):
    old = week("2026-10-05")
    load(db, run_id=old, source="youtube", records=[attached("y1", "c1"), attached("held", "c2")])
    look_at(db, old, "v1", "v1/thumbnail", "replaced", "replaced")
    look_at(db, old, "v2", "v2/thumbnail", "stands", "stands")
    look_at(db, old, "c1", "c1/picture", "stands", "theirs:stands")
    look_at(db, old, "c2", "c2/picture", "kept", "theirs:kept")
    look_at(db, old, "9", "3_9", "on-x", "on-x", platform="x")
    look_at(db, week("2026-11-09"), "v2", "v2/thumbnail", "stands", "stands")

    expire(db, today=date(2026, 11, 9), held={("youtube", "held")})

    assert ids(db, "looks", "sha256") == ["on-x", "stands", "theirs:kept"]
    assert ids(db, "picture_verdicts", "medium_id") == ["3_9", "c2/picture", "v2/thumbnail"]

    expire(db, today=date(2026, 11, 9))

    assert ids(db, "looks", "sha256") == ["on-x", "stands"]


def test_the_parts_of_a_picture_go_with_its_verdict_after_their_time(db, week):
    old = week("2026-10-05")
    place = {"account_id": "UC1", "post_id": "v1", "verdict": "unapproved", "why": "Nothing is like it."}
    part = {"part": 0, "inliers": 0, "agreement": 0.0, "quality": 1, "transform": "", "new_area": ""}
    rows = [{"platform": name, "medium_id": name, **place} for name in ("x", "youtube")]
    keep_verdicts(db, old, rows)
    keep_parts(db, old, [row | part for row in rows])
    week("2026-11-09")

    expire(db, today=date(2026, 11, 9))

    assert (ids(db, "picture_verdicts", "medium_id"), ids(db, "picture_parts", "medium_id")) == (["x"], ["x"])


def test_what_was_seen_in_a_forgotten_subjects_picture_goes_too_and_what_others_showed_stays(db, week):
    run_id = week("2026-11-02")
    comments = [attached("777", "c1"), attached("777", "c2"), attached("8", "c3")]
    load(db, run_id=run_id, source="youtube", records=comments)
    look_at(db, run_id, "c1", "c1/picture", "own", "theirs:own")
    look_at(db, run_id, "v1", "v1/thumbnail", "own", "own")
    look_at(db, run_id, "c2", "c2/picture", "shared", "theirs:shared")
    look_at(db, run_id, "c3", "c3/picture", "shared", "theirs:shared")

    erase_account(db, platform="youtube", actor_id="777")

    assert ids(db, "looks", "sha256") == ["own", "theirs:shared"]


def test_a_picture_that_a_forgotten_subject_attached_to_a_comment_goes_in_every_form(db, week):
    run_id = week("2026-11-02")
    comments = [attached("777", "c1"), attached("8", "c2")]
    files = [replace(file(f"{comment}/picture"), platform="youtube") for comment in ("c1", "c2")]
    load(db, run_id=run_id, source="youtube", records=[*comments, *files])
    part = {"part": 0, "inliers": 0, "agreement": 0.0, "quality": 1, "transform": "", "new_area": ""}
    for keep, more in ((keep_verdicts, {}), (keep_parts, part)):
        rows = [
            {"platform": "youtube", "account_id": "UC1", "post_id": comment, "medium_id": f"{comment}/picture",
             "verdict": "unapproved", "why": "Nothing is like it.", **more}
            for comment in ("c1", "c2")
        ]  # fmt: skip
        keep(db, run_id, rows)
    for comment in ("c1", "c2"):
        about = {"platform": "youtube", "account_id": "UC1", "subject_kind": "medium", "concerns": "picture"}
        put(db, run_id, comment, subject_id=f"{comment}/picture", **about)

    rows, prints = erase_account(db, platform="youtube", actor_id="777")

    assert (rows, prints) == (5, frozenset({"c1"}))
    for table in ("medium_files", "picture_verdicts", "picture_parts"):
        assert ids(db, table, "medium_id") == ["c2/picture"]
