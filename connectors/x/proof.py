"""Asks X for those whom earlier runs saw and its lists now lack: posts and comments by id, followers by connection.

X tells in user context alone how an account stands to the asker, and leaves `connection_status` out where the two are
not connected. So an answer without it means something only beside one that has it: an account that this pull has just
met in a list is asked for with the rest.
"""

from collections.abc import Iterable, Iterator, Sequence

from connectors.ending import Tally
from connectors.errors import SourceError
from connectors.proving import Questions, questions
from connectors.records import Follow, Record
from connectors.source import Subject
from connectors.x import posts, read
from connectors.x.ask import Listing
from connectors.x.cost import SMALL_PAGE
from connectors.x.listings import author
from connectors.x.look import Look
from connectors.x.spelling import USER_FIELDS

CONNECTIONS = {"follower": "followed_by", "following": "following"}
_MOST_DIGITS = 19


def proofs(look: Look, tallies: Sequence[Tally]) -> Iterator[Record]:
    """Yield a Proof of each subject that X answers for, and what it shows of those that stand."""
    asked = _questions(look, tallies)
    yield from asked.ask(("post",), _posts(look, asked))
    yield from asked.ask(("comment",), _comments(look, asked))
    yield from asked.ask(tuple(CONNECTIONS), _lines(look, asked))


def before_proofs(look: Look, tallies: Sequence[Tally], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of the lists; where an error ends the pull among them, whom they lack is told as unproved."""
    try:
        yield from records
    except SourceError as error:
        _questions(look, tallies).unasked(error)
        raise


def _questions(look: Look, tallies: Sequence[Tally]) -> Questions:
    account_id = look.account.account_id
    seen = {tally.listing: tally.seen for tally in tallies}
    met = {
        "post": {ident for post in look.posts for ident in (post.post_id, post.first_version_id)},
        "comment": {key[2] for key in look.told if key[:2] == ("comment", account_id)},
        "follower": seen.get("followers", set()),
        "following": seen.get("following", set()),
    }

    def is_met(one: Subject) -> bool:
        # An id that is none would have X refuse everybody asked for beside it.
        return one.subject_id in met[one.kind] or not _is_id(one.subject_id)

    return questions(look.known, tallies, is_met, platform="x", account_id=account_id)


def _posts(look: Look, asked: Questions) -> Iterator[Record]:
    met = {post.first_version_id for post in look.posts}
    for answer in look.found(_listing(look, "posts"), asked.ids("post")):
        for found in _written(look, answer):
            if found.author_id != look.account.account_id:
                continue
            is_met = found.post.first_version_id in met
            proof = asked.answered("post", found.post.post_id, "stands", is_met=is_met)
            yield from proof
            if proof and not is_met:
                yield found.post
                yield from look.once(*posts.media_of(found, answer.media), *answer.users.values())
        yield from _refused(asked, answer, "post", ("post",))


def _comments(look: Look, asked: Questions) -> Iterator[Record]:
    for answer in look.found(_listing(look, "comments"), asked.ids("comment")):
        for found in _written(look, answer):
            actor_id = author(found)
            proof = asked.answered("comment", found.post.post_id, "stands")
            yield from proof
            if proof:
                yield from look.once(posts.comment(found, actor_id), answer.users.get(actor_id))
        yield from _refused(asked, answer, "post", ("comment",))


def _lines(look: Look, asked: Questions) -> Iterator[Record]:
    ids = asked.ids(*CONNECTIONS)
    if not look.is_owned:
        # To an app X tells no more than who is suspended or gone, so only lists that were read whole are worth it.
        read_whole = {one.subject_id for one in asked.left.values() if one.kind in CONNECTIONS and asked.is_read(one)}
        ids = [one for one in ids if one in read_whole]
    for answer in look.found(_listing(look, "users"), ids, _witness(asked, ids) if look.is_owned else ()):
        yield from _connected(look, asked, answer)
        yield from _refused(asked, answer, "actor", tuple(CONNECTIONS))


def _connected(look: Look, asked: Questions, answer: read.Answer) -> Iterator[Record]:
    told = [
        (user.peek("connection_status") is not None, user.texts("connection_status"), read.profile(user))
        for user in answer.data
    ]
    is_told = any(has and connections for has, connections, _profile in told)
    is_served = look.is_owned and is_told and not any("field" in one.reason for one in answer.problems)
    for has, connections, profile in told:
        for kind, word in CONNECTIONS.items():
            stands = "stands" if word in connections else "gone" if has or is_served else "hidden"
            proof = asked.answered(kind, profile.account_id, stands)
            yield from proof
            if proof and stands == "stands":
                yield Follow(
                    platform="x", account_id=look.account.account_id, actor_id=profile.account_id, direction=kind
                )
                yield from look.once(profile)


def _refused(asked: Questions, answer: read.Answer, kind: str, kinds: Sequence[str]) -> Iterator[Record]:
    """Yield a Proof of each subject that X says it cannot show: it is not there, is suspended, or is hidden."""
    for problem in answer.problems:
        if problem.kind == kind and problem.parameter in {"", "ids"}:
            for each in kinds:
                yield from asked.answered(each, problem.subject_id, problem.answer)


def _written(look: Look, answer: read.Answer) -> list[posts.Written]:
    return [posts.written(post, look.account.account_id, answer.referred) for post in answer.data]


def _listing(look: Look, what: str) -> Listing:
    account_id = look.account.account_id
    of_users = what == "users"
    return Listing(
        listing=f"proofs:{account_id}:{what}",
        endpoint="GET /2/users" if of_users else "GET /2/tweets",
        subject_id=account_id,
        most=SMALL_PAGE,
        is_owned=False,
        parameters={"user.fields": _FIELDS[look.is_owned]} if of_users else {},
        of_posts=None if of_users else "own" if what == "posts" else "others",
    )


_FIELDS = {False: USER_FIELDS, True: f"{USER_FIELDS},connection_status"}


def _witness(asked: Questions, ids: Sequence[str]) -> tuple[str, ...]:
    """Return an account that this pull met in a list of followers or followed, if there is one."""
    met = {ident for listing in ("followers", "following") for ident in asked.tallies[listing].seen}
    return tuple(sorted(met.difference(ids))[:1])


def _is_id(ident: str) -> bool:
    return ident.isascii() and ident.isdecimal() and len(ident) <= _MOST_DIGITS
