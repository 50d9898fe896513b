"""X's paged lists of users and posts, and why a list may not be shown."""

from collections.abc import Sequence
from typing import TypeVar

from demo import tokens
from demo.model import XPost
from demo.x import posts, problems
from demo.x.includes import includes
from demo.x.request import Body, XRequest, filled
from demo.x.search import search as found_by_search

Thing = TypeVar("Thing")


def followers(request: XRequest) -> Body:
    """Return one page of the followers of a user."""
    return _user_list(request, request.view.state.followers.get(request.id, []))


def following(request: XRequest) -> Body:
    """Return one page of the users that a user follows."""
    return _user_list(request, request.view.state.following.get(request.id, []))


def _user_list(request: XRequest, ids: Sequence[str]) -> Body:
    return _hidden_owner(request, needs_coverage=True) or _user_page(request, ids)


def reposted_by(request: XRequest) -> Body:
    """Return one page of the users who reposted a post."""
    state, view = request.view.state, request.view
    post = posts.newest(state, request.id)
    ids = state.reposters.get(request.id) or (state.reposters.get(post.id, []) if post else [])
    seen = [user_id for user_id in ids if not (state.users[user_id].protected and not view.sees(user_id))]
    return _hidden_post(request) or _user_page(request, seen)


def _user_page(request: XRequest, ids: Sequence[str]) -> Body:
    # The page is cut first and suspended users are taken out after, as X does: hence short and even empty pages.
    page, meta = _cut(request, ids)
    users = request.view.state.users
    data = [request.view.user(users[user_id]) for user_id in page if not users[user_id].suspended]
    suspended = sorted(request.cut.hides) if request.cut.tells and not request.view.asked.offset else []
    errors = [problems.not_found(request.view.edition, "user", "id", user_id) for user_id in suspended]
    return filled(data=data, errors=errors) | {"meta": {"result_count": len(data), **meta}}


def timeline(request: XRequest) -> Body:
    """Return one page of the posts of a user."""
    view = request.view
    return _hidden_owner(request, needs_coverage=True) or _post_page(
        request, posts.timeline(view.state, request.id, view.asked)
    )


def mentions(request: XRequest) -> Body:
    """Return one page of the posts that mention a user."""
    view = request.view
    return _hidden_owner(request, needs_coverage=False) or _post_page(
        request, posts.mentions(view.state, request.id, view.asked)
    )


def liked(request: XRequest) -> Body:
    """Return one page of the posts that a user likes; those that are gone are left out."""
    state = request.view.state
    liked_posts = (posts.newest(state, post_id) for post_id in state.liked.get(request.id, []))
    return _hidden_owner(request, needs_coverage=True) or _post_page(request, [post for post in liked_posts if post])


def reposts(request: XRequest) -> Body:
    """Return one page of the reposts of a post."""
    referring = posts.referring(request.view.state, request.id, "reposted", request.view.asked)
    return _hidden_post(request) or _post_page(request, referring)


def quotes(request: XRequest) -> Body:
    """Return one page of the posts that quote a post."""
    referring = posts.referring(request.view.state, request.id, "quoted", request.view.asked)
    return _hidden_post(request) or _post_page(request, referring)


def search(request: XRequest) -> Body:
    """Return one page of the posts of the last seven days that a query fits."""
    view = request.view
    return _post_page(request, found_by_search(view.state, view.asked, view.edition, request.now))


def _post_page(request: XRequest, listed: Sequence[XPost]) -> Body:
    page, meta = _cut(request, listed)
    visible = [post for post in page if request.view.sees(post.author_id)]
    included, missing = includes(request.view, visible)
    ends: Body = {}
    if visible and request.endpoint.name in {"getUsersPosts", "getUsersMentions", "searchPostsRecent"}:
        ids = sorted((post.id for post in visible), key=int)
        ends = {"newest_id": ids[-1], "oldest_id": ids[0]}
    data = [request.view.post(post) for post in visible]
    return filled(data=data, includes=included, errors=missing) | {"meta": {"result_count": len(data), **ends, **meta}}


def _cut(request: XRequest, things: Sequence[Thing]) -> tuple[Sequence[Thing], dict[str, str]]:
    asked, listing = request.view.asked, request.listing
    things = request.cut.shown(things, lambda thing: thing.id if isinstance(thing, XPost) else str(thing))
    end = asked.offset + asked.size
    meta = {}
    if request.question.repeats:
        meta["next_token"] = tokens.seal(listing, asked.size)
    elif end < len(things) and request.cut.has_token(offset=asked.offset, size=asked.size):
        meta["next_token"] = tokens.seal(listing, end)
    if asked.offset and request.endpoint.has_previous_token:
        meta["previous_token"] = tokens.seal(listing, max(asked.offset - asked.size, 0))
    return things[asked.offset : end], meta


def _hidden_owner(request: XRequest, *, needs_coverage: bool) -> Body | None:
    view = request.view
    user = view.state.users.get(request.id)
    if user is None:
        return {"errors": [problems.not_found(view.edition, "user", "id", request.id)]}
    if user.suspended:
        return {"errors": [problems.suspended(view.edition, "id", request.id)]}
    if needs_coverage and not view.sees(user.id):
        return {"errors": [problems.not_authorised(view.edition, "user", "id", request.id)]}
    return None


def _hidden_post(request: XRequest) -> Body | None:
    view = request.view
    post = posts.newest(view.state, request.id)
    if post is None:
        return {"errors": [problems.not_found(view.edition, "post", "id", request.id)]}
    if not view.sees(post.author_id):
        return {"errors": [problems.not_authorised(view.edition, "post", "id", request.id)]}
    return None
