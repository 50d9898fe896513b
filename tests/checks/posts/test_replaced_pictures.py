"""Where another picture may come to stand under the same id, a case is about the very picture that stood there."""

import duckdb
import pytest

from checks.catalogue import catalogue
from policies.platforms.registry import platforms_with
from tests.checks.ask import ask
from tests.drawn import fill

# Every kind of picture on each platform, with its post and its own id.
KINDS = (
    ("x", "100", "a1", "3_1", "photo"),
    ("x", "100", "a1", "16_1", "animated_gif"),
    ("youtube", "UC1", "v1", "v1/thumbnail", "thumbnail"),
    ("youtube", "UC1", "v1", "v1/shorts", "shorts_thumbnail"),
    ("youtube", "UC1", "v1", "c1/picture", "photo"),
    ("youtube", "UC1", "c2", "c2/picture", "comment_picture"),
)
OURS = tuple(kind for kind in KINDS if kind[-1] != "comment_picture")
SEEN_BY = {"unapproved_picture": KINDS, "withdrawn_picture": KINDS, "picture_exposure": OURS, "location_metadata": OURS}
ASKED = [(check, *kind) for check, kinds in SEEN_BY.items() for kind in kinds]


def told(db: duckdb.DuckDBPyConnection, check: str, account: tuple[str, str], table: str) -> list[str | None]:
    """Return the hash of the picture that the one case is about, over three runs with another file in the third."""
    hashes = []
    for sha256 in ("aa", "aa", "bb"):
        db.execute(f"update core.{table} set sha256 = ?", [sha256])
        [one] = ask(db, check, accounts=[account]).exceptions
        hashes.append(one.about.get("picture"))
    return hashes


@pytest.mark.parametrize(("check", "platform", "account", "post", "medium", "kind"), ASKED)
def test_a_case_is_about_another_picture_just_where_another_stands_under_its_id(
    db: duckdb.DuckDBPyConnection, check: str, platform: str, account: str, post: str, medium: str, kind: str
) -> None:
    place = f"{platform} | {account} | {post}"
    coverage = f"platform | account_id | fetched | judged\n{platform} | {account} | 1 | 1"
    fill(
        db,
        picture_coverage=coverage,
        exposure_coverage=coverage,
        position_coverage=coverage,
        posts=f"platform | account_id | post_id | posted_at | is_current\n{place} | 2026-10-01 09:00:00+00 | true",
        comments=f"platform | account_id | post_id | comment_id | picture_url\n{place} | {post} | https://a.example",
        media=f"platform | account_id | post_id | medium_id | kind\n{place} | {medium} | {kind}",
        photographs="photograph_id | channels | consent\nP-1 | x;youtube | withdrawn",
        picture_verdicts=f"""
            platform | account_id | post_id | medium_id | verdict | has_position
            {place} | {medium} | unapproved | true
        """,
        picture_parts=f"""
            platform | account_id | post_id | medium_id | verdict | why | photograph_id
            {place} | {medium} | unapproved | It is withdrawn. | {"P-1" if check == "withdrawn_picture" else ""}
        """,
    )

    first, again, other = told(db, check, (platform, account), "picture_verdicts")

    assert first == again
    assert (first != other) == (platform not in platforms_with("fixed_pictures"))


def test_a_master_that_tells_where_it_was_taken_is_another_one_once_its_file_is(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        position_coverage="platform | account_id | fetched | judged\nschool | ousterly-vale | 1 | 1",
        school="town\nOusterly",
        masters="photograph_id | has_position\nP-1 | true",
    )

    first, again, other = told(db, "location_metadata", ("school", "ousterly-vale"), "masters")

    assert first == again != other


def test_every_check_of_pictures_is_asked_here_but_the_one_of_texts() -> None:
    of_pictures = {name for name, check in catalogue().items() if check.subject_kind == "medium"}

    assert of_pictures == {*SEEN_BY, "alt_text"}
