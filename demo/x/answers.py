"""The body that each of X's endpoints answers with: look-ups, paged lists, and why a list may not be shown."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from demo import tokens
from demo.model import XPost, XUser
from demo.x import posts, problems
from demo.x.request import Body, XRequest, filled, includes

Thing = TypeVar("Thing")


def _me(request: XRequest) -> Body:
    return _single_user(request, request.view.user_id or "")


def _by_id(request: XRequest) -> Body:
    return _single_user(request, request.id)


def _single_user(request: XRequest, user_id: str) -> Body:
    body = _users_found(request, "id", [(user_id, request.view.state.users.get(user_id))])
    return body | {"data": body["data"][0]} if "data" in body else body


def _by_ids(request: XRequest) -> Body:
    ids = dict.fromkeys(request.view.asked.values["ids"])
    return _users_found(request, "ids", [(user_id, request.view.state.users.get(user_id)) for user_id in ids])


def _by_usernames(request: XRequest) -> Body:
    by_username = {user.username.casefold(): user for user in request.view.state.users.values()}
    names = dict.fromkeys(request.view.asked.values["usernames"])
    return _users_found(request, "usernames", [(name, by_username.get(name.casefold())) for name in names])


def _users_found(request: XRequest, parameter: str, wanted: list[tuple[str, XUser | None]]) -> Body:
    view = request.view
    data, errors = [], []
    for value, user in wanted:
        if user is None:
            errors.append(problems.not_found(view.edition, "user", parameter, value))
        elif user.suspended:
            errors.append(problems.suspended(view.edition, parameter, value))
        else:
            data.append(view.user(user))
    return filled(data=data, errors=errors)


def _by_post_ids(request: XRequest) -> Body:
    view = request.view
    visible: list[tuple[str, XPost]] = []
    errors = []
    for post_id in dict.fromkeys(view.asked.values["ids"]):
        # The model keeps no earlier version's words, so the newest stands for it.
        post = view.state.posts.get(post_id) or posts.newest(view.state, post_id)
        if post is None:
            errors.append(problems.not_found(view.edition, "post", "ids", post_id))
        elif not view.sees(post.author_id):
            errors.append(problems.not_authorised(view.edition, "post", "ids", post_id))
        else:
            visible.append((post_id, post))
    included, missing = includes(view, [post for _, post in visible])
    data = [view.post(post, known_as=post_id) for post_id, post in visible]
    return filled(data=data, includes=included, errors=[*errors, *missing])


def _followers(request: XRequest) -> Body:
    return _user_list(request, request.view.state.followers.get(request.id, []))


def _following(request: XRequest) -> Body:
    return _user_list(request, request.view.state.following.get(request.id, []))


def _user_list(request: XRequest, ids: Sequence[str]) -> Body:
    return _hidden_owner(request, needs_coverage=True) or _user_page(request, ids)


def _reposted_by(request: XRequest) -> Body:
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


def _timeline(request: XRequest) -> Body:
    view = request.view
    return _hidden_owner(request, needs_coverage=True) or _post_page(
        request, posts.timeline(view.state, request.id, view.asked)
    )


def _mentions(request: XRequest) -> Body:
    view = request.view
    return _hidden_owner(request, needs_coverage=False) or _post_page(
        request, posts.mentions(view.state, request.id, view.asked)
    )


def _liked(request: XRequest) -> Body:
    state = request.view.state
    liked_posts = (posts.newest(state, post_id) for post_id in state.liked.get(request.id, []))
    return _hidden_owner(request, needs_coverage=True) or _post_page(request, [post for post in liked_posts if post])


def _reposts(request: XRequest) -> Body:
    referring = posts.referring(request.view.state, request.id, "reposted", request.view.asked)
    return _hidden_post(request) or _post_page(request, referring)


def _quotes(request: XRequest) -> Body:
    referring = posts.referring(request.view.state, request.id, "quoted", request.view.asked)
    return _hidden_post(request) or _post_page(request, referring)


def _search(request: XRequest) -> Body:
    view = request.view
    return _post_page(request, posts.search(view.state, view.asked, view.edition, request.now))


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


ANSWERS: dict[str, Callable[[XRequest], Body]] = {
    "getUsersMe": _me,
    "getUsersByUsernames": _by_usernames,
    "getUsersByIds": _by_ids,
    "getUsersById": _by_id,
    "getUsersPosts": _timeline,
    "getUsersMentions": _mentions,
    "getUsersFollowers": _followers,
    "getUsersFollowing": _following,
    "getUsersLikedPosts": _liked,
    "getPostsRepostedBy": _reposted_by,
    "getPostsReposts": _reposts,
    "getPostsQuotedPosts": _quotes,
    "searchPostsRecent": _search,
    "getPostsByIds": _by_post_ids,
}
