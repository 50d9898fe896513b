"""The data-quality checks, declared: which frame each looks at, what it expects of it, and what rests on it.

The frame is `warehouse/quality/frames/<name>.sql`. A person is in it as a mark (a hash) or not at all: never a name, a
roll id, a date of birth or a text.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from policies.populations import PEOPLE, PHOTOGRAPHS, POPULATIONS, PULLED, compared_with

FOLLOWERS = POPULATIONS["core.follower_coverage"].view
PICTURES = compared_with(PHOTOGRAPHS)
WRITINGS = ("core.post_coverage", "core.posting_coverage", "core.named_post_coverage", "core.comment_coverage")
WHO = compared_with(PEOPLE)
FOLLOWS = (FOLLOWERS, "core.following_coverage")
REPLIES = ("core.comment_coverage", "core.commenter_coverage")
REGISTERS = ("pupils", "staff", "governors", "parents", "leavers")
ROLES = ("pupil", "staff", "governor", "parent", "leaver")
BANDS = ("declared", "likely", "possible", "about")
POSTS = ("post", "reply", "repost", "quote", "video")
COMMENTS = ("reply", "mention", "quote", "comment")
MEDIA = ("photo", "animated_gif", "video", "unknown", "thumbnail", "shorts_thumbnail")
VERDICTS = ("approved", "altered", "unapproved", "unreadable")
FIRST_YEAR = 2005  # of YouTube; X is a year younger
NEARLY_ALL = 0.9  # a register's single mistakes are named row by row elsewhere; a broken export has many


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation by its Great Expectations class name, and its parameters."""

    kind: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One data-quality check: its frame is `warehouse/quality/frames/<name>.sql`; `populations` are what it guards."""

    name: str
    populations: tuple[str, ...]
    expectations: tuple[Expectation, ...]


def _between(column: str, low: float | None, high: float | None = None, *, mostly: float = 1.0) -> Expectation:
    return Expectation(
        "ExpectColumnValuesToBeBetween", {"column": column, "min_value": low, "max_value": high, "mostly": mostly}
    )


def _differs(column: str, least: float) -> Expectation:
    """Expect this share of the rows, at least, to have a value that no other row has."""
    return Expectation("ExpectColumnValuesToBeUnique", {"column": column, "mostly": least})


def _one_of(column: str, values: Collection[str]) -> Expectation:
    return Expectation("ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(values)})


def _like(column: str, pattern: str) -> Expectation:
    return Expectation("ExpectColumnValuesToMatchRegex", {"column": column, "regex": pattern})


def _is_there(column: str, *, mostly: float = 1.0) -> Expectation:
    return Expectation("ExpectColumnValuesToNotBeNull", {"column": column, "mostly": mostly})


def _some_rows(least: int) -> Expectation:
    return Expectation("ExpectTableRowCountToBeBetween", {"min_value": least})


QUALITY_CHECKS: tuple[QualityCheck, ...] = (
    QualityCheck("follower_counts", (FOLLOWERS,), (_between("share", 0.9, 1.05),)),
    QualityCheck("follower_growth", (FOLLOWERS,), (_between("share", 0.5, 2.0),)),
    QualityCheck("list_volume", FOLLOWS, (_between("share", 0.4, 2.5),)),
    QualityCheck(
        "follow_rows",
        FOLLOWS,
        (
            _one_of("direction", ("follower", "following")),
            _like("x_id", r"^[0-9]{1,20}$"),
            _like("youtube_id", r"^UC[A-Za-z0-9_-]+$"),
            _between("is_ours", 1),
        ),
    ),
    QualityCheck("profiles_present", PULLED, (_some_rows(1), _between("profiles_seen", 1))),
    QualityCheck("references_whole", PULLED, (_between("orphans", 0, 0),)),
    QualityCheck("registers_of_people", WHO, (_between("rows_kept", 1), _between("share_set_aside", 0, 0.1))),
    # Of 5,000 pupils one in fifteen shares a birthday with nobody; of a broken export's, none.
    QualityCheck("pupils_differ", WHO, (_differs("name_mark", 0.5), _differs("birth_mark", 0.01))),
    QualityCheck("pupils_fresh", WHO, (_between("days_old", None, 400),)),
    QualityCheck(
        "register_rows",
        WHO,
        (
            _one_of("register", REGISTERS),
            _differs("id_mark", NEARLY_ALL),
            _is_there("has_name", mostly=NEARLY_ALL),
            _between("pupil_years", 2, 20, mostly=NEARLY_ALL),
        ),
    ),
    QualityCheck(
        "match_rows",
        WHO,
        (
            _one_of("role", ROLES),
            _one_of("band", BANDS),
            _between("probability", 0, 1),
            _between("is_on_a_register", 1),
        ),
    ),
    QualityCheck(
        "register_of_photographs",
        ("core.picture_coverage", "core.position_coverage"),
        (_some_rows(1), _between("share_set_aside", 0, 0.1)),
    ),
    QualityCheck(
        "picture_rows",
        PICTURES,
        (
            _one_of("kind", MEDIA),
            _between("width", 1),
            _between("height", 1),
            _like("sha256", "^[0-9a-f]{64}$"),
            _one_of("verdict", VERDICTS),
        ),
    ),
    QualityCheck(
        "post_rows", WRITINGS, (_one_of("kind", POSTS), _between("posted_in", FIRST_YEAR), _between("is_ours", 1))
    ),
    QualityCheck(
        "comment_rows", REPLIES, (_one_of("kind", COMMENTS), _between("posted_in", FIRST_YEAR), _is_there("actor_id"))
    ),
)
