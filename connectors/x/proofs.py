"""Asks X for those whom earlier runs saw and its lists now lack: posts and comments by id, followers by connection.

What X does not find is gone only where the same answer knows a control, which this pull has just been shown. X tells in
user context alone how an account stands to the asker, and leaves `connection_status` out where the two are not
connected. So that somebody follows no more is believed only beside a follower of whom X says in the same answer what
its list says; and that the account follows somebody no more, beside one whom it follows.
"""

from collections.abc import Iterator, Sequence

from connectors.proofs import ProofRequests, proof_requests
from connectors.records import Follow, Record
from connectors.source import KnownSubject
from connectors.x import posts, read
from connectors.x.api_version import USER_FIELDS
from connectors.x.caller import XAccountPull, XListing
from connectors.x.cost import SMALL_PAGE
from connectors.x.listings import author, authored

CONNECTIONS = {"follower": "followed_by", "following": "following"}
_LISTS = {"follower": "followers", "following": "following"}
_MOST_DIGITS = 19


def requests(pull: XAccountPull) -> ProofRequests:
    """Return whom to ask for: those whom earlier runs saw and this pull's lists lack."""
    account_id = pull.account.account_id
    listed = {
        "post": {post_id for post in pull.posts for post_id in (post.post_id, post.first_version_id)},
        "comment": {key[2] for key in pull.yielded if key[:2] == ("comment", account_id)},
        "follower": pull.members_read("followers"),
        "following": pull.members_read("following"),
    }

    def is_listed(subject: KnownSubject) -> bool:
        # An id that is none would have X refuse everybody asked for beside it.
        return subject.subject_id in listed[subject.kind] or not _is_id(subject.subject_id)

    return proof_requests(pull.earlier, pull.listings, is_listed, platform="x", account_id=account_id)


def proofs(pull: XAccountPull, asked: ProofRequests) -> Iterator[Record]:
    """Yield a Proof of each subject that X answers for, and what it shows of those that stand."""
    yield from asked.ask(("post",), _posts(pull, asked))
    yield from asked.ask(("comment",), _comments(pull, asked))
    yield from asked.ask(tuple(CONNECTIONS), _follows(pull, asked))


def _posts(pull: XAccountPull, asked: ProofRequests) -> Iterator[Record]:
    listed = {post.first_version_id for post in pull.posts}
    ids = asked.ids("post")
    control = _control(ids, [post.post_id for post in pull.posts], pull.earlier.newest_post_id)
    for answer in pull.answers_by_id(_listing(pull, "posts"), ids, control):
        knows_control = _knows(answer, control)
        for authored_post in authored(pull, answer, pull.progress("posts")):
            post = authored_post.post
            if authored_post.author_id != pull.account.account_id:
                continue
            is_listed = post.first_version_id in listed
            proof = asked.answered("post", post.post_id, "stands", is_listed=is_listed)
            yield from proof
            if proof and not is_listed:
                yield post
                yield from pull.once(*posts.media_of(authored_post, answer.media), *answer.users.values())
        yield from _refused(asked, answer, "post", ("post",), knows_control=knows_control)


def _comments(pull: XAccountPull, asked: ProofRequests) -> Iterator[Record]:
    ids = asked.ids("comment")
    listed = [key[2] for key in pull.yielded if key[:2] == ("comment", pull.account.account_id)]
    control = _control(ids, sorted(listed) or [post.post_id for post in pull.posts], pull.earlier.newest_post_id)
    for answer in pull.answers_by_id(_listing(pull, "comments"), ids, control):
        knows_control = _knows(answer, control)
        for authored_post in authored(pull, answer, pull.progress("comments")):
            actor_id = author(authored_post)
            proof = asked.answered("comment", authored_post.post.post_id, "stands")
            yield from proof
            if proof:
                yield from pull.once(posts.comment(authored_post, actor_id), answer.users.get(actor_id))
        yield from _refused(asked, answer, "post", ("comment",), knows_control=knows_control)


def _follows(pull: XAccountPull, asked: ProofRequests) -> Iterator[Record]:
    ids = asked.ids(*CONNECTIONS)
    if not pull.is_owned:
        # To an app X tells no more than who is suspended or gone, so only lists that were read whole are worth it.
        left = [subject for subject in asked.left.values() if subject.kind in CONNECTIONS]
        read_whole = {subject.subject_id for subject in left if asked.is_read(subject)}
        ids = [actor_id for actor_id in ids if actor_id in read_whole]
    beside = _connected_actors(pull, asked, ids)
    for answer in pull.answers_by_id(_listing(pull, "users"), ids, beside):
        knows_control = _knows(answer, beside)
        yield from _connections(pull, asked, answer)
        yield from _refused(asked, answer, "actor", tuple(CONNECTIONS), knows_control=knows_control)


def _connections(pull: XAccountPull, asked: ProofRequests, answer: read.XResponse) -> Iterator[Record]:
    users = pull.progress("users").understood(
        answer.data, lambda user: (user.texts("connection_status"), read.profile(user))
    )
    is_told = pull.is_owned and not any("field" in problem.reason for problem in answer.problems)
    agrees: dict[str, bool] = {}
    for kind, status in CONNECTIONS.items():
        listed = pull.members_read(_LISTS[kind])
        controls = [status in statuses for statuses, profile in users if profile.account_id in listed]
        agrees[kind] = is_told and bool(controls) and all(controls)
    for statuses, profile in users:
        for kind, status in CONNECTIONS.items():
            stands = "stands" if status in statuses else "gone" if agrees[kind] else "hidden"
            proof = asked.answered(kind, profile.account_id, stands)
            yield from proof
            if proof and stands == "stands":
                account_id = pull.account.account_id
                yield Follow(platform="x", account_id=account_id, actor_id=profile.account_id, direction=kind)
                yield from pull.once(profile)


def _refused(
    asked: ProofRequests, answer: read.XResponse, kind: str, kinds: Sequence[str], *, knows_control: bool
) -> Iterator[Record]:
    """Yield a Proof of each subject that X says it cannot show: it is not there, is suspended, or is hidden."""
    for problem in answer.problems:
        is_proof = knows_control or problem.answer != "gone"
        if is_proof and problem.kind == kind and problem.parameter in {"", "ids"}:
            for asked_kind in kinds:
                yield from asked.answered(asked_kind, problem.subject_id, problem.answer)


def _listing(pull: XAccountPull, what: str) -> XListing:
    account_id = pull.account.account_id
    of_users = what == "users"
    user_fields = f"{USER_FIELDS},connection_status" if pull.is_owned else USER_FIELDS
    return XListing(
        name=f"proofs:{account_id}:{what}",
        endpoint="GET /2/users" if of_users else "GET /2/tweets",
        subject_id=account_id,
        page_size=SMALL_PAGE,
        is_owned=False,
        parameters={"user.fields": user_fields} if of_users else {},
        of_posts=None if of_users else "own" if what == "posts" else "others",
    )


def _connected_actors(pull: XAccountPull, asked: ProofRequests, ids: Sequence[str]) -> tuple[str, ...]:
    """Return whom this pull found in each list that somebody is asked about: one for all of them, if there is one."""
    kinds = {subject.kind for subject in asked.left.values()}
    lists = [pull.members_read(listing).difference(ids) for kind, listing in _LISTS.items() if kind in kinds]
    in_all = set[str]().union(*lists).intersection(*lists)
    return tuple(dict.fromkeys(min(members) for members in ([in_all] if in_all else filter(None, lists))))


def _control(ids: Sequence[str], listed: Sequence[str], otherwise: str | None) -> tuple[str, ...]:
    """Return a post that this pull was shown, or else one that an earlier run was, if there is one."""
    return tuple(each for each in (*listed, otherwise) if each is not None and each not in ids)[:1]


def _knows(answer: read.XResponse, controls: Sequence[str]) -> bool:
    """Say whether an answer shows what is known to stand."""
    shown = {resource.peek("id") for resource in answer.data}
    return bool(controls) and shown.issuperset(controls)


def _is_id(subject_id: str) -> bool:
    return subject_id.isascii() and subject_id.isdecimal() and len(subject_id) <= _MOST_DIGITS
