"""Where a photograph stands and where it was taken down: only what a run saw, and a place is one post."""

from datetime import date

import pytest

from dashboards.letters.places import look_of, places_of
from dashboards.report.model import ReportError
from tests.dashboards.copies import add, copy

RUNS = """
    run_id     | as_of
    2026-11-09 | 2026-11-09
    2026-11-16 | 2026-11-16
"""
POSTS = """
    platform | account_id | post_id | posted_at              | kind  | visibility | last_seen  | removed_at
    x        | 900100     | 11      | 2026-06-09 23:30:00+00 | post  |            | 2026-11-16 |
    x        | 900100     | 12      | 2026-10-02 08:00:00+00 | post  |            | 2026-11-09 | 2026-11-16
    x        | 900100     | 13      | 2026-10-03 08:00:00+00 | post  |            | 2026-11-16 |
    youtube  | UC1        | v1      | 2026-10-04 08:00:00+00 | video | public     | 2026-11-16 |
    youtube  | UC1        | v2      | 2026-10-05 08:00:00+00 | video | private    | 2026-11-16 |
"""
PARTS = "platform | account_id | post_id | medium_id | part | verdict | approved_photograph"
WHICH = "run_id | fingerprint | check_id | status | decision"
RAISED = f"{WHICH} | platform | subject_id | due_on | last_seen | evidence | proof"
HANDLES = {("x", "900100"): "OusterlyVale"}


def raised(
    status: str,
    run_id: str = "2026-11-16",
    decision: str = "",
    post: str = "11",
    who: str = "P-1",
    proof: str = "asked",
) -> str:
    link = f"https://x.com/i/status/{post}"
    evidence = f'{{"link": "{link}", "photograph_id": "{who}", "ended": "objection"}}'
    told = f"{run_id} | f{post} | withdrawn_picture | {status} | {decision}"
    proved = proof if status == "gone" else ""
    return f"{told} | x | m{post} | 2026-11-10 | {run_id} | {evidence} | {proved}"


def part(post: str, who: str = "P-1", platform: str = "x", account: str = "900100") -> str:
    return f"{platform} | {account} | {post} | m{post} | 0 | unapproved | {who}"


def table(head: str, *rows: str) -> str:
    return "\n".join((head, *rows))


def found(cases: tuple[str, ...], parts: tuple[str, ...], videos: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Return the post, whether it is down, when that was seen, and the due day of each place."""
    db = copy(runs=RUNS, posts=POSTS, exceptions=table(RAISED, *cases), picture_parts=table(PARTS, *parts))
    places = places_of(db, photographs={"P-1", "P-1b"}, videos=videos, handles=HANDLES)
    return [(one.link.rpartition("/")[2], one.is_down, str(one.seen_on), str(one.due_on)) for one in places]


STOOD = ("11", False, "2026-11-16", "2026-11-10")


@pytest.mark.parametrize(
    ("cases", "parts", "places"),
    [
        ((), (), []),
        ((raised("open"),), (part("11"),), [STOOD]),
        ((raised("open"),), (), [STOOD]),  # raised, though no part names it in this run
        ((raised("new"),), (part("11", "P-1b"),), [STOOD]),  # the same file's other row
        ((raised("open", "2026-11-09"), raised("changed")), (part("11"),), [STOOD]),
        ((), (part("11"),), [("11", False, "2026-11-16", "None")]),  # the approval ended after the run
        ((), (part("12"),), []),  # the post was removed
        ((), (part("11", "P-2"),), []),
        ((raised("open", who="P-2"),), (), []),
        ((raised("open", decision="allowed"),), (), [("11", False, "2026-11-16", "None")]),
        ((raised("open", decision="mistaken"),), (part("11"),), []),  # a person says that it is another
        ((raised("gone", post="12"),), (), [("12", True, "2026-11-16", "None")]),
        ((raised("gone", "2026-11-09", post="12"),), (), [("12", True, "2026-11-09", "None")]),
        ((raised("gone"),), (part("11"),), [("11", False, "2026-11-16", "None")]),  # it was renewed, and ended again
        ((raised("gone"),), (part("11", "P-2"),), []),  # looked at again: another photograph all along
        ((raised("not_seen"),), (), [STOOD]),
        ((raised("suspended"),), (), [STOOD]),
        ((raised("gone", post="12", proof="put_right"),), (), [("12", False, "2026-11-16", "2026-11-10")]),
        ((raised("gone", post="12", proof=""),), (), [("12", False, "2026-11-16", "2026-11-10")]),
        ((raised("gone", post="12", proof="absent_twice"),), (), [("12", True, "2026-11-16", "None")]),
        (
            (raised("open"), raised("gone", post="12")),
            (part("11"), part("13")),
            [
                ("13", False, "2026-11-16", "None"),
                ("12", True, "2026-11-16", "None"),
                STOOD,
            ],
        ),
    ],
)
def test_a_place_is_down_only_where_a_run_saw_it_gone(
    cases: tuple[str, ...], parts: tuple[str, ...], places: list[tuple[object, ...]]
) -> None:
    assert found(cases, parts) == places


def test_a_video_stands_by_its_id_and_a_private_one_does_not() -> None:
    assert found((), (), ("v1", "v2", "v3")) == [("watch?v=v1", False, "2026-11-16", "None")]


def test_what_a_person_called_mistaken_of_one_photograph_stands_of_every_other_in_the_same_picture() -> None:
    case = raised("open", decision="mistaken")

    assert found((case,), (part("11"), part("11", "P-1b"))) == [("11", False, "2026-11-16", "None")]
    assert found((case,), (part("11"),)) == []
    of_video = case.replace("| x | m11 |", "| youtube | v1 |")
    assert found((of_video,), (), ("v1",)) == []


def test_a_thumbnail_and_its_video_are_one_place() -> None:
    assert len(found((), (part("v1", platform="youtube", account="UC1"),), ("v1",))) == 1


COMMENTS = """
    platform | account_id | post_id | comment_id | actor_id
    youtube  | UC1        | v1      | Ug.1-a     | UCstranger
    youtube  | UC1        |         | Ug.2       | UCstranger
"""
ON_VIDEO, ON_CHANNEL = "https://www.youtube.com/watch?v=v1", "https://www.youtube.com/channel/UC1"


@pytest.mark.parametrize(
    ("comment", "link", "page", "posted_on"),
    [
        ("Ug.1-a", f"{ON_VIDEO}&lc=Ug.1-a", ON_VIDEO, date(2026, 10, 4)),
        ("Ug.2", ON_CHANNEL, ON_CHANNEL, None),
    ],
)
def test_of_a_strangers_comment_the_page_is_told_and_not_the_comment(
    comment: str, link: str, page: str, posted_on: date | None
) -> None:
    shown = f"youtube | UC1 | {comment} | {comment}/picture | 0 | unapproved | P-1"
    for status, rows in (("open", [shown]), ("open", []), ("gone", [])):
        db = copy(runs=RUNS, posts=POSTS, comments=COMMENTS, picture_parts=table(PARTS, *rows))
        add(
            db,
            "exceptions",
            run_id="2026-11-16",
            fingerprint="f1",
            check_id="withdrawn_picture",
            status=status,
            proof="asked" if status == "gone" else None,
            platform="youtube",
            account_id="UC1",
            subject_id=f"{comment}/picture",
            evidence={"link": link, "photograph_id": "P-1"},
        )

        [place] = places_of(db, photographs={"P-1"}, videos=(), handles={})

        assert (place.link, place.in_comment, place.posted_on) == (page, True, posted_on)
        assert place.is_down == (status == "gone")


@pytest.mark.parametrize("down_on", [None, "2026-11-16"])
def test_a_thumbnail_that_was_changed_is_down_only_where_a_run_knew_what_took_its_place(down_on: str | None) -> None:
    db = copy(runs=RUNS, posts=POSTS)
    place = {"platform": "youtube", "account_id": "UC1", "subject_id": "v1/thumbnail", "due_on": "2026-11-10"}
    evidence = {"link": ON_VIDEO, "photograph_id": "P-1", "ended": "objection"}
    case = {"fingerprint": "f1", "check_id": "withdrawn_picture", "status": "gone", "proof": "put_right"}
    add(db, "exceptions", run_id="2026-11-16", **place, **case, evidence=evidence, down_on=down_on)

    [told] = places_of(db, photographs={"P-1"}, videos=(), handles={})

    assert (told.is_down, told.due_on) == (down_on is not None, None if down_on else date(2026, 11, 10))


def test_the_day_of_a_post_is_the_schools_and_the_handle_its_own() -> None:
    db = copy(runs=RUNS, posts=POSTS, picture_parts=table(PARTS, part("11")))

    [place] = places_of(db, photographs={"P-1"}, videos=(), handles=HANDLES)

    assert (place.posted_on, place.handle) == (date(2026, 6, 10), "OusterlyVale")


SIGHT = "run_id | check_id | platform | account_id | fetched | judged | is_whole"
WHOLE = "2026-11-16 | withdrawn_picture | x | 900100 | 4 | 4 | true"


@pytest.mark.parametrize(
    ("sight", "quality", "is_whole"),
    [
        ((WHOLE,), "", True),
        ((WHOLE, "2026-11-16 | withdrawn_picture | youtube | UC1 | 0 | 0 | true"), "", True),
        ((WHOLE, "2026-11-16 | withdrawn_picture | youtube | UC1 | 0 | 0 | false"), "", False),
        ((WHOLE, "2026-11-16 | unapproved_picture | x | 900100 | 4 | 3 | true"), "", False),
        ((WHOLE, "2026-11-09 | withdrawn_picture | x | 900100 | 4 | 3 | true"), "", True),
        (("2026-11-16 | pupil_follower | x | 900100 | 4 | 4 | true",), "", False),  # no run asked about pictures
        ((), "", False),
        ((WHOLE,), "2026-11-16 | pictures | false | core.picture_sight, core.position_sight | 3 rows", False),
        ((WHOLE,), "2026-11-16 | followers | false | core.follower_sight | 3 rows", True),
        ((WHOLE,), "2026-11-09 | pictures | false | core.picture_sight | 3 rows", True),
    ],
)
def test_a_look_is_whole_only_where_every_picture_was_seen_and_judged(
    sight: tuple[str, ...], quality: str, is_whole: bool
) -> None:
    quality_rows = table("run_id | gate | is_passed | populations | detail", *([quality] if quality else []))

    look = look_of(copy(runs=RUNS, sight=table(SIGHT, *sight), quality=quality_rows))

    assert (look.day, look.is_whole) == (date(2026, 11, 16), is_whole)


def test_an_empty_copy_is_told_in_a_sentence() -> None:
    with pytest.raises(ReportError, match="holds no run"):
        look_of(copy(runs="run_id | as_of"))
