"""The populations that checks count on: where each one's coverage is read, and what its members are called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from policies.platforms.record import Noun
from policies.platforms.registry import EVERY_PLATFORM, PLATFORMS, platforms_with


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


def _called(noun: str, **school: Noun) -> tuple[dict[str, str], dict[str, str]]:
    """Return one and several of what each platform has its own noun for (a field of Words), and the school."""
    nouns = {platform.id: getattr(platform.words, noun) for platform in PLATFORMS.values()} | school
    return {key: each.one for key, each in nouns.items()}, {key: each.many for key, each in nouns.items()}


def _by_noun(noun: str, unjudged: tuple[str, str] | None, **school: Noun) -> Population:
    one, many = _called(noun, **school)
    return Population(one=one, many=many, unjudged=unjudged)


def _alike(one: str, many: str, *platforms: str) -> tuple[dict[str, str], dict[str, str]]:
    return dict.fromkeys(platforms, one), dict.fromkeys(platforms, many)


def _population(
    one: str,
    many: str,
    *platforms: str,
    unjudged: tuple[str, str] | None = ("could not be judged", "could not be judged"),
    is_pulled: bool = True,
) -> Population:
    singular, plural = _alike(one, many, *(platforms or EVERY_PLATFORM))
    return Population(one=singular, many=plural, unjudged=unjudged, is_pulled=is_pulled)


_NOT_COMPARED = ("could not be compared", "could not be compared")
_NO_TEXT_TOLD = ("came without a word on their alternative texts", "came without a word on its alternative text")
_NOT_ALL_WORDS = (
    "came without all their words: a text was cut, or the text for a picture left out",
    "came without all its words: its text was cut, or the text for a picture left out",
)
_NO_TIME = ("came without a time that can be read", "came without a time that can be read")
_POSTS = _by_noun("post", _NOT_ALL_WORDS)
_NO_PROFILE = ("are by writers who showed no public profile", "is by a writer who showed no public profile")

POPULATIONS: Mapping[str, Population] = {
    "core.follower_coverage": _by_noun("follower", None),
    "core.following_coverage": _population(
        "followed account", "followed accounts", *platforms_with("following"), unjudged=None
    ),
    "core.picture_coverage": _by_noun("picture", _NOT_COMPARED),
    "core.position_coverage": _by_noun(
        "own_picture",
        ("were not searched for a position", "was not searched for a position"),
        school=Noun("approved master", "approved masters"),
    ),
    "core.exposure_coverage": _by_noun("own_picture", ("could not be judged in full", "could not be judged in full")),
    "core.photo_coverage": _population(
        "photograph", "photographs", *platforms_with("alt_texts"), unjudged=_NO_TEXT_TOLD
    ),
    "core.post_coverage": _POSTS,
    "core.named_post_coverage": _POSTS,
    "core.posting_coverage": replace(_POSTS, unjudged=_NO_TIME),
    "core.comment_coverage": _population("comment", "comments"),
    "core.commenter_coverage": _population("comment", "comments", unjudged=_NO_PROFILE),
    "core.repost_coverage": _population(
        "repost",
        "reposts",
        *platforms_with("reposts"),
        unjudged=("are by accounts that showed no public profile", "is by an account that showed no public profile"),
    ),
    "core.interaction_coverage": _population(
        "reply, repost, quote or like",
        "replies, reposts, quotes and likes",
        *platforms_with("likes"),
        unjudged=("do not show for whom they were", "does not show for whom it was"),
    ),
    "core.actor_coverage": _population("contact", "contacts", unjudged=None),
    "core.profile_coverage": _population("public profile", "public profiles"),
    "core.account_register_coverage": _population("register of accounts", "registers of accounts", is_pulled=False),
    "core.school_coverage": _population("policy", "policies", "school", is_pulled=False),
    "core.register_coverage": _population("register", "registers", "school", is_pulled=False),
}
