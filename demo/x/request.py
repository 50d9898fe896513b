"""A request to the simulated X that is in order, and the bodies it is answered with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demo.cuts import WHOLE, Cut
from demo.endpoint import SimulatedRequest
from demo.model import XPost
from demo.x.api_versions import XEndpoint
from demo.x.posts import newest
from demo.x.problems import not_authorised, not_found
from demo.x.serialise import View


def includes(view: View, posts: list[XPost]) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the `includes` of these posts, without empty lists, and the errors about what could not be included."""
    expansions = view.asked.expansions
    referred, errors = _referred(view, posts) if "referenced_posts" in expansions or _deep(view) else ([], [])
    users: list[str] = []
    media: list[str] = []
    if "author_id" in expansions:
        users += [post.author_id for post in posts]
    if "in_reply_to_user_id" in expansions:
        users += [post.in_reply_to_user_id for post in posts if post.in_reply_to_user_id]
    if "entities.mentions.username" in expansions:
        users += [mentioned for post in posts for mentioned in post.mentions]
    if "referenced_tweets.id.author_id" in expansions:
        users += [post.author_id for post in referred]
    if "attachments.media_keys" in expansions:
        media += [key for post in posts for key in post.media_keys]
    if "referenced_tweets.id.attachments.media_keys" in expansions:
        media += [key for post in referred for key in post.media_keys]
    if "article.cover_media" in expansions:
        media += [str(post.article["cover_media"]) for post in posts if "cover_media" in post.article]
    polls = [_poll(post) for post in posts if post.poll] if "attachments.poll_ids" in expansions else []
    return _written(view, users, media, referred) | ({"polls": polls} if polls else {}), errors


def _deep(view: View) -> bool:
    return any(name.startswith("referenced_tweets.id.") for name in view.asked.expansions)


def _written(view: View, users: list[str], media: list[str], posts: list[XPost]) -> dict[str, Any]:
    state = view.state
    visible = [user for user in map(state.users.get, _once(users)) if user is not None and not user.suspended]
    written = {
        "users": [view.user(user) for user in visible],
        view.edition.wire("posts"): [view.post(post) for post in posts],
        "media": [view.medium(state.media[key]) for key in _once(media) if key in state.media],
    }
    return {name: things for name, things in written.items() if things}


def _referred(view: View, posts: list[XPost]) -> tuple[list[XPost], list[dict[str, str]]]:
    parameter = "referenced_posts" if view.edition.is_new else "referenced_tweets.id"
    referred, errors = [], []
    for post_id in _once(other for post in posts for _, other in post.references):
        post = newest(view.state, post_id)
        if post is None:
            errors.append(not_found(view.edition, "post", parameter, post_id))
        elif not view.sees(post.author_id):
            errors.append(not_authorised(view.edition, "post", parameter, post_id, section="includes"))
        else:
            referred.append(post)
    return referred, errors


def _poll(post: XPost) -> dict[str, Any]:
    choices = [{"position": place, "label": label, "votes": 0} for place, label in enumerate(post.poll, start=1)]
    return {"id": post.id, "options": choices}


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class XRequest:
    """A request in order: the endpoint, who looks at what, the list's name for tokens, the clock, the list's cut."""

    endpoint: XEndpoint
    question: SimulatedRequest
    view: View
    listing: str
    now: datetime
    cut: Cut = WHOLE

    @property
    def id(self) -> str:
        """The id in the path."""
        return self.question.ids["id"]


def filled(**parts: Any) -> Body:
    """Return a body with those of its parts that hold something."""
    return {name: part for name, part in parts.items() if part}
