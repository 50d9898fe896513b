"""The body that each of X's endpoints answers with; look-ups here, paged lists in `lists`."""

from collections.abc import Callable

from demo.model import XPost, XUser
from demo.x import lists, posts, problems
from demo.x.includes import includes
from demo.x.request import Body, XRequest, filled


def answer(request: XRequest) -> Body:
    """Return the body that this request gets, with status 200."""
    return ANSWERS[request.endpoint.name](request)


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


ANSWERS: dict[str, Callable[[XRequest], Body]] = {
    "getUsersMe": _me,
    "getUsersByUsernames": _by_usernames,
    "getUsersByIds": _by_ids,
    "getUsersById": _by_id,
    "getUsersPosts": lists.timeline,
    "getUsersMentions": lists.mentions,
    "getUsersFollowers": lists.followers,
    "getUsersFollowing": lists.following,
    "getUsersLikedPosts": lists.liked,
    "getPostsRepostedBy": lists.reposted_by,
    "getPostsReposts": lists.reposts,
    "getPostsQuotedPosts": lists.quotes,
    "searchPostsRecent": lists.search,
    "getPostsByIds": _by_post_ids,
}
