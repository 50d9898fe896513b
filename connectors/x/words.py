"""All words of one post of X's: its text, whole where X keeps it apart, its article and the choices of its poll.

And of a profile the addresses behind X's short links, which X tells beside them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.json_fields import Fields

# X cuts a long text, and that of a repost, with this sign; a shorter text ends so by its writer's choice.
_CUT = re.compile(r"(?:^RT @.*|^.{250,})…(?:\s*https://t\.co/\w+)?\s*$", re.DOTALL)
Polls = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PostWords:
    """What a post says, whether that is all of it, and the media that it shows; a key of None came in no known form."""

    text: str
    is_whole: bool
    media_keys: tuple[str | None, ...]


def words_of(post: Fields, polls: Polls) -> PostWords:
    """Take the words and media of a post; `polls` are the choices of each poll that came beside it."""
    note = post.maybe_part("note_tweet", "note_post")
    short = post.text("text")
    text = (note.maybe_text("text") if note else None) or short
    attachments = post.maybe_part("attachments")
    media = attachments.texts("media_keys") if attachments else []
    asked = attachments.texts("poll_ids") if attachments else []
    article = post.maybe_part("article")
    parts = [article.peek(name) for name in ("title", "plain_text")] if article else []
    said = [part for part in parts if isinstance(part, str) and part]
    choices = [choice for poll in asked for choice in polls.get(poll, ())]
    is_cut = note is None and _CUT.search(short) is not None
    return PostWords(
        text="\n".join([text, *said, *choices]),
        is_whole=not is_cut and all(isinstance(part, str) for part in parts) and all(map(polls.get, asked)),
        media_keys=tuple(dict.fromkeys([*media, *(_shown(article) if article else ())])),
    )


def poll_choices(polls: Sequence[Fields]) -> Polls:
    """Return what each poll lets choose between, by its id."""
    return {poll.text("id"): [option.text("label") for option in poll.parts("options")] for poll in polls}


def _shown(article: Fields) -> list[str | None]:
    """Return the keys of the media in an article."""
    entities = article.peek("media_entities") or []
    shown = [article.peek("cover_media") or (), *(entities if isinstance(entities, list) else [entities])]
    return [key if isinstance(key, str) else None for key in shown if key != ()]


def with_whole_links(user: Fields) -> tuple[str | None, str | None]:
    """Return a user's address and bio, each short link replaced by the address that X says it stands for."""
    url, bio = user.maybe_text("url"), user.maybe_text("description")
    entities = user.maybe_part("entities")
    if entities is None:
        return url, bio
    of_url, of_bio = (_addresses(entities, name) for name in ("url", "description"))
    entities.done()
    for short, whole in of_bio.items():
        bio = bio.replace(short, whole) if bio else bio
    return of_url.get(url or "", url), bio


def _addresses(entities: Fields, name: str) -> dict[str, str]:
    part = entities.maybe_part(name)
    if part is None:
        return {}
    addresses = {}
    for link in part.parts("urls"):
        short, whole = link.maybe_text("url"), link.maybe_text("expanded_url")
        link.done("start", "end", "display_url", "unwound_url", "status", "title", "description", "images")
        if short and whole:
            addresses[short] = whole
    part.done("mentions", "hashtags", "cashtags")
    return addresses
