"""Reads X's answers strictly, in both versions of its API; knows nothing of asking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.json_fields import Fields, UnknownFields, fields, parsed
from connectors.progress import Progress
from connectors.records import Medium, Profile, Unavailable
from connectors.x.words import Polls, poll_choices, with_whole_links, words_of

MEDIUM_KINDS = frozenset({"photo", "animated_gif", "video"})
RESOURCE_KINDS = {"user": "actor", "tweet": "post", "post": "post", "media": "medium"}
_NOT_FOUND = "resource-not-found"
_PROBLEM = re.compile(r"[a-z]+(-[a-z]+)*")
_ID = re.compile(r"[0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class ReferencedPost:
    """A post that another one repeats, quotes or answers: its text, whether that is all, and who wrote it."""

    text: str
    author_id: str | None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class PartialError:
    """One partial error: about which subject (kind as in Unavailable), for which parameter, and X's word for it.

    `answer` is what it says of a subject that was asked for, as in a Proof: gone, suspended or hidden.
    """

    kind: str | None
    subject_id: str
    reason: str
    parameter: str
    answer: str


@dataclass(frozen=True, slots=True)
class XResponse:
    """One answer, taken apart: its resources, what they refer to, and what X would not show."""

    data: list[Fields]
    users: Mapping[str, Profile] = field(default_factory=dict)
    media: Mapping[str, Medium] = field(default_factory=dict)
    referred: Mapping[str, ReferencedPost] = field(default_factory=dict)
    polls: Polls = field(default_factory=dict)
    problems: tuple[PartialError, ...] = ()

    @property
    def unavailable(self) -> tuple[Unavailable, ...]:
        """What X would not show, of those problems that name it."""
        return tuple(
            Unavailable(
                platform="x",
                kind=problem.kind,
                subject_id=problem.subject_id,
                reason="suspended" if problem.answer == "suspended" else problem.reason,
            )
            for problem in self.problems
            if problem.kind is not None
        )


def answer(body: bytes, endpoint: str, signals: UnknownFields) -> XResponse:
    """Read one stored answer; raises SourceChanged when its form is not the one that we know."""
    signals.endpoint = endpoint
    top = fields(parsed(body, endpoint), "", signals)
    data = top.parts("data") if not top.is_object("data") else [top.part("data")]
    includes = top.maybe_part("includes") or fields({}, "includes", signals)
    meta = top.maybe_part("meta") or fields({}, "meta", signals)
    meta.maybe_text("next_token")
    meta.done("result_count", "newest_id", "oldest_id", "previous_token")
    problems = tuple(_problem(problem, signals) for problem in top.parts("errors"))
    users = Progress("x", "", "users").understood(includes.parts("users"), profile)
    media = [_medium(medium) for medium in includes.parts("media")]
    referred = dict(_referred(post) for post in includes.parts("tweets", "posts"))
    polls = poll_choices(includes.parts("polls"))
    includes.done()
    top.done()
    return XResponse(
        data=data,
        users={user.account_id: user for user in users},
        media={medium.medium_id: medium for medium in media},
        referred=referred,
        polls=polls,
        problems=problems,
    )


def likes_count(user: Fields) -> int | None:
    """Return how many posts a user likes, where X says so, leaving the user to be read."""
    counts = user.peek("public_metrics")
    count = counts.get("like_count") if isinstance(counts, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def profile(user: Fields) -> Profile:
    """Read one user."""
    counts = user.part("public_metrics")
    url, bio = with_whole_links(user)
    read = Profile(
        platform="x",
        account_id=user.text("id"),
        handle=user.text("username"),
        display_name=user.text("name"),
        bio=bio,
        location=user.maybe_text("location"),
        url=url,
        picture_url=user.maybe_text("profile_image_url"),
        created_at=user.moment("created_at"),
        is_protected=user.maybe_flag("protected"),
        followers_count=counts.integer("followers_count"),
        following_count=counts.integer("following_count"),
        posts_count=counts.integer("tweet_count", "post_count"),
    )
    counts.done("listed_count", "like_count", "media_count")
    user.ignore("verified", "verified_type", "withheld", "affiliation")
    user.done("pinned_tweet_id", "pinned_post_id", "most_recent_tweet_id", "most_recent_post_id")
    return read


def _medium(medium: Fields) -> Medium:
    kind, url = medium.text("type"), medium.maybe_text("url", "preview_image_url")
    is_known = kind in MEDIUM_KINDS
    read = Medium(
        platform="x",
        account_id="",
        post_id="",
        medium_id=medium.text("media_key"),
        kind=kind if is_known else "unknown",
        url=url if is_known else None,
        alt_text=medium.maybe_text("alt_text"),
        width=medium.maybe_integer("width"),
        height=medium.maybe_integer("height"),
    )
    medium.done()
    return read


def _referred(post: Fields) -> tuple[str, ReferencedPost]:
    words = words_of(post, {})
    return post.text("id"), ReferencedPost(words.text, post.maybe_text("author_id"), words.is_whole)


def _problem(problem: Fields, signals: UnknownFields) -> PartialError:
    """Read one partial error; one that names no subject is a signal."""
    problem_type, kind, subject, parameter = (
        _word(problem.peek(name)) for name in ("type", "resource_type", "resource_id", "parameter")
    )
    subject = subject or _word(problem.peek("value"))
    word = problem_type.rpartition("/")[2]
    reason = word if _PROBLEM.fullmatch(word) else "unavailable"
    answer = _said(reason, _word(problem.peek("title")), _word(problem.peek("detail")))
    problem.ignore("type", "resource_type", "resource_id", "value", "field")
    problem.done("title", "detail", "parameter", "section", "status")
    if kind not in RESOURCE_KINDS or not _ID.fullmatch(subject):
        signals.add(f"errors.({reason})")
        return PartialError(None, "", reason, parameter, "hidden")
    return PartialError(RESOURCE_KINDS[kind], subject, reason, parameter, answer)


def _said(reason: str, title: str, detail: str) -> str:
    """Return what a partial error says: of a suspended user X speaks under the type of one that it cannot find."""
    if reason == _NOT_FOUND and detail.startswith("User has been suspended"):
        return "suspended"
    is_missing = title == "Not Found Error" or detail.startswith("Could not find ")
    return "gone" if reason == _NOT_FOUND and is_missing else "hidden"


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
