"""The populations that checks count on, each declared once for checks, data-quality checks and coverage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policies.platforms.record import Noun
from policies.platforms.registry import EVERY_PLATFORM, PLATFORMS, platforms_with

# What a member of a list gives a population as the subject of an exception: itself; a post, by any of its editions; a
# video, which is a subject beside its pictures; a picture on a post or with a comment; or the account of others that
# it brings into touch with an official one.
Subject = Literal["member", "post", "video", "picture", "actor"]

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
    called: Mapping[str, Noun]
    unjudged: tuple[str, str] | None = _UNJUDGED
    subjects: tuple[tuple[Subject, str], ...] = ()
    registers: tuple[str, ...] = ()
    has_partners: bool = False
    is_pulled: bool = True

    @property
    def singular(self) -> dict[str, str]:
        """What one of its members is called, by platform."""
        return {platform: noun.singular for platform, noun in self.called.items()}

    @property
    def plural(self) -> dict[str, str]:
        """What several of its members are called, by platform."""
        return {platform: noun.plural for platform, noun in self.called.items()}

    def counted(self, count: int, platform: str) -> str:
        """Return so many of its members on this platform, in words."""
        noun = self.called[platform]
        return f"{count:,} {noun.singular if count == 1 else noun.plural}"


def _alike(singular: str, plural: str, *platforms: str) -> dict[str, Noun]:
    """Return the words for members that are called the same on each of these platforms, or on every one."""
    return dict.fromkeys(platforms or EVERY_PLATFORM, Noun(singular, plural))


def _by_noun(noun: str) -> dict[str, Noun]:
    """Return the words for members that each platform has its own noun for, which is a field of its Words."""
    return {platform.id: getattr(platform.words, noun) for platform in PLATFORMS.values()}


def _from(subject: Subject, *lists: str) -> tuple[tuple[Subject, str], ...]:
    return tuple((subject, name) for name in lists)


_CONVERSATIONS = ("comments", "mentions")
_PICTURED = _from("picture", "posts", *_CONVERSATIONS)
_POSTS = _by_noun("post")
_PICTURES = _by_noun("own_picture")
_NOT_ALL_WORDS = (
    "came without all their words: a text was cut, or the text for a picture left out",
    "came without all its words: its text was cut, or the text for a picture left out",
)

_ALL = (
    Population(
        view="core.follower_coverage",
        called=_by_noun("follower"),
        unjudged=None,
        subjects=_from("member", "followers"),
        registers=PEOPLE,
    ),
    Population(
        view="core.following_coverage",
        called=_alike("followed account", "followed accounts", *platforms_with("following")),
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
        called=_alike("repost", "reposts", *platforms_with("reposts")),
        unjudged=("are by accounts that showed no public profile", "is by an account that showed no public profile"),
        subjects=_from("actor", "reposts"),
        registers=PEOPLE,
    ),
    Population(
        view="core.interaction_coverage",
        called=_alike("reply, repost, quote or like", "replies, reposts, quotes and likes", *platforms_with("likes")),
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
        called=_by_noun("picture"),
        unjudged=("could not be compared", "could not be compared"),
        subjects=(*_from("video", "posts"), *_PICTURED),
        registers=PHOTOGRAPHS,
    ),
    Population(
        view="core.position_coverage",
        called=_PICTURES | {"school": Noun("approved master", "approved masters")},
        unjudged=("were not searched for a position", "was not searched for a position"),
        subjects=_PICTURED,
        registers=PHOTOGRAPHS,
    ),
    Population(
        view="core.photo_coverage",
        called=_alike("photograph", "photographs", *platforms_with("alt_texts")),
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
