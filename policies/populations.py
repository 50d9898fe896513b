"""The populations that checks count on, each declared once for checks, data-quality checks and coverage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# What a member of a list gives a population as the subject of an exception: itself; a post, by any of its editions; a
# video, which is a subject beside its pictures; a picture on a post or with a comment; or the account of others that
# it brings into touch with an official one.
Subject = Literal["member", "post", "video", "picture", "actor"]
Words = tuple[str, str]

PEOPLE = ("pupils", "staff")
PHOTOGRAPHS = ("photographs",)
_UNJUDGED = ("could not be judged", "could not be judged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """One population: `view` says how much of it a run saw, beside the platform's own count where there is one.

    `called` is what one of its members, and several, are called on each platform. `unjudged` says of several, then of
    one, what kept them from being judged; None where they are actors, who are bare ids on X. `subjects` are the lists
    from whose members its subjects come. `registers` are those that it is compared with. `has_partners` says that a
    subject was done with another account, whose public profile was judged with it. `is_pulled` is False for what the
    school itself keeps: no platform and no archive tells of it.
    """

    view: str
    called: Mapping[str, Words]
    unjudged: Words | None = _UNJUDGED
    subjects: tuple[tuple[Subject, str], ...] = ()
    registers: tuple[str, ...] = ()
    has_partners: bool = False
    is_pulled: bool = True

    @property
    def one(self) -> dict[str, str]:
        """What one of its members is called, by platform."""
        return {platform: words[0] for platform, words in self.called.items()}

    @property
    def many(self) -> dict[str, str]:
        """What several of its members are called, by platform."""
        return {platform: words[1] for platform, words in self.called.items()}


def _alike(one: str, many: str, *platforms: str) -> dict[str, Words]:
    """Return the words for members that are called the same on each of these platforms, or on both."""
    return dict.fromkeys(platforms or ("x", "youtube"), (one, many))


def _from(subject: Subject, *lists: str) -> tuple[tuple[Subject, str], ...]:
    return tuple((subject, name) for name in lists)


_CONVERSATIONS = ("comments", "mentions")
_PICTURED = _from("picture", "posts", *_CONVERSATIONS)
_POSTS = {"x": ("post", "posts"), "youtube": ("video", "videos")}
_PICTURES = {"x": ("posted picture", "posted pictures"), "youtube": ("thumbnail", "thumbnails")}
_NOT_ALL_WORDS = (
    "came without all their words: a text was cut, or the text for a picture left out",
    "came without all its words: its text was cut, or the text for a picture left out",
)

_ALL = (
    Population(
        view="core.follower_coverage",
        called={"x": ("follower", "followers"), "youtube": ("subscriber", "subscribers")},
        unjudged=None,
        subjects=_from("member", "followers"),
        registers=PEOPLE,
    ),
    Population(
        view="core.following_coverage",
        called=_alike("followed account", "followed accounts", "x"),
        unjudged=None,
        subjects=_from("member", "following"),
        registers=PEOPLE,
    ),
    Population(
        view="core.commenter_coverage",
        called=_alike("comment", "comments"),
        unjudged=("are by writers who showed no public profile", "is by a writer who showed no public profile"),
        subjects=_from("actor", *_CONVERSATIONS),
        registers=PEOPLE,
    ),
    Population(
        view="core.repost_coverage",
        called=_alike("repost", "reposts", "x"),
        unjudged=("are by accounts that showed no public profile", "is by an account that showed no public profile"),
        subjects=_from("actor", "reposts"),
        registers=PEOPLE,
    ),
    Population(
        view="core.interaction_coverage",
        called=_alike("reply, repost, quote or like", "replies, reposts, quotes and likes", "x"),
        unjudged=("do not show for whom they were", "does not show for whom it was"),
        subjects=(*_from("member", "likes"), *_from("post", "posts")),
        registers=PEOPLE,
        has_partners=True,
    ),
    Population(
        view="core.named_post_coverage",
        called=_POSTS,
        unjudged=_NOT_ALL_WORDS,
        subjects=_from("post", "posts"),
        registers=PEOPLE,
    ),
    Population(
        view="core.exposure_coverage",
        called=_PICTURES,
        unjudged=("could not be judged in full", "could not be judged in full"),
        subjects=_PICTURED,
        registers=PEOPLE,
    ),
    Population(
        view="core.picture_coverage",
        called={"x": ("posted picture", "posted pictures"), "youtube": ("picture", "pictures")},
        unjudged=("could not be compared", "could not be compared"),
        subjects=(*_from("video", "posts"), *_PICTURED),
        registers=PHOTOGRAPHS,
    ),
    Population(
        view="core.position_coverage",
        called=_PICTURES | {"school": ("approved master", "approved masters")},
        unjudged=("were not searched for a position", "was not searched for a position"),
        subjects=_PICTURED,
        registers=PHOTOGRAPHS,
    ),
    Population(
        view="core.photo_coverage",
        called=_alike("photograph", "photographs", "x"),
        unjudged=("came without a word on their alternative texts", "came without a word on its alternative text"),
        subjects=_PICTURED,
    ),
    Population(view="core.post_coverage", called=_POSTS, unjudged=_NOT_ALL_WORDS, subjects=_from("post", "posts")),
    Population(
        view="core.posting_coverage",
        called=_POSTS,
        unjudged=("came without a time that can be read", "came without a time that can be read"),
        subjects=_from("post", "posts"),
    ),
    Population(
        view="core.comment_coverage",
        called=_alike("comment", "comments"),
        subjects=_from("member", *_CONVERSATIONS),
    ),
    Population(
        view="core.actor_coverage",
        called=_alike("contact", "contacts"),
        unjudged=None,
        subjects=_from("actor", "followers", "following", *_CONVERSATIONS, "reposts", "posts", "likes"),
    ),
    Population(view="core.profile_coverage", called=_alike("public profile", "public profiles")),
    Population(
        view="core.account_register_coverage",
        called=_alike("register of accounts", "registers of accounts"),
        is_pulled=False,
    ),
    Population(view="core.school_coverage", called=_alike("policy", "policies", "school"), is_pulled=False),
    Population(view="core.register_coverage", called=_alike("register", "registers", "school"), is_pulled=False),
)

POPULATIONS: Mapping[str, Population] = {population.view: population for population in _ALL}
PULLED: tuple[str, ...] = tuple(population.view for population in _ALL if population.is_pulled)


def compared_with(registers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the views of the populations that are compared with these registers, in order."""
    return tuple(population.view for population in _ALL if population.registers == registers)
