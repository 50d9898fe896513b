"""The populations that checks count on: where each one's coverage is read, and what its members are called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """One population: what one and several of it are called on each platform, and how its coverage is to be read.

    `unjudged` says of several, then of one, what kept them from being judged; None where they are actors, who are
    bare ids on X. `is_pulled` is False for what the school itself keeps, of which an archive tells nothing.
    """

    one: Mapping[str, str]
    many: Mapping[str, str]
    unjudged: tuple[str, str] | None = ("could not be judged", "could not be judged")
    is_pulled: bool = True


def _alike(one: str, many: str, *platforms: str) -> tuple[dict[str, str], dict[str, str]]:
    return dict.fromkeys(platforms, one), dict.fromkeys(platforms, many)


def _population(
    one: str,
    many: str,
    *platforms: str,
    unjudged: tuple[str, str] | None = ("could not be judged", "could not be judged"),
    is_pulled: bool = True,
) -> Population:
    singular, plural = _alike(one, many, *(platforms or ("x", "youtube")))
    return Population(one=singular, many=plural, unjudged=unjudged, is_pulled=is_pulled)


_NOT_COMPARED = ("could not be compared", "could not be compared")
_NO_TEXT_TOLD = ("came without a word on their alternative texts", "came without a word on its alternative text")
_NOT_ALL_WORDS = (
    "came without all their words: a text was cut, or the text for a picture left out",
    "came without all its words: its text was cut, or the text for a picture left out",
)
_NO_TIME = ("came without a time that can be read", "came without a time that can be read")
_POSTS = Population(
    one={"x": "post", "youtube": "video"},
    many={"x": "posts", "youtube": "videos"},
    unjudged=_NOT_ALL_WORDS,
)
_NO_PROFILE = ("are by writers who showed no public profile", "is by a writer who showed no public profile")

POPULATIONS: Mapping[str, Population] = {
    "core.follower_coverage": Population(
        one={"x": "follower", "youtube": "subscriber"},
        many={"x": "followers", "youtube": "subscribers"},
        unjudged=None,
    ),
    "core.following_coverage": _population("followed account", "followed accounts", "x", unjudged=None),
    "core.picture_coverage": Population(
        one={"x": "posted picture", "youtube": "picture"},
        many={"x": "posted pictures", "youtube": "pictures"},
        unjudged=_NOT_COMPARED,
    ),
    "core.position_coverage": Population(
        one={"x": "posted picture", "youtube": "thumbnail", "school": "approved master"},
        many={"x": "posted pictures", "youtube": "thumbnails", "school": "approved masters"},
        unjudged=("were not searched for a position", "was not searched for a position"),
    ),
    "core.exposure_coverage": Population(
        one={"x": "posted picture", "youtube": "thumbnail"},
        many={"x": "posted pictures", "youtube": "thumbnails"},
        unjudged=("could not be judged in full", "could not be judged in full"),
    ),
    "core.photo_coverage": _population("photograph", "photographs", "x", unjudged=_NO_TEXT_TOLD),
    "core.post_coverage": _POSTS,
    "core.named_post_coverage": _POSTS,
    "core.posting_coverage": replace(_POSTS, unjudged=_NO_TIME),
    "core.comment_coverage": _population("comment", "comments"),
    "core.commenter_coverage": _population("comment", "comments", unjudged=_NO_PROFILE),
    "core.repost_coverage": _population(
        "repost",
        "reposts",
        "x",
        unjudged=("are by accounts that showed no public profile", "is by an account that showed no public profile"),
    ),
    "core.interaction_coverage": _population(
        "reply, repost, quote or like",
        "replies, reposts, quotes and likes",
        "x",
        unjudged=("do not show for whom they were", "does not show for whom it was"),
    ),
    "core.actor_coverage": _population("contact", "contacts", unjudged=None),
    "core.profile_coverage": _population("public profile", "public profiles"),
    "core.account_register_coverage": _population("register of accounts", "registers of accounts", is_pulled=False),
    "core.school_coverage": _population("policy", "policies", "school", is_pulled=False),
    "core.register_coverage": _population("register", "registers", "school", is_pulled=False),
}
