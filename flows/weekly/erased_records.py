"""Leaves erased accounts out of what a pull brought, and says how many."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from connectors.records import Comment, Follow, Like, Post, Profile, Proof, Record, Repost, Unavailable
from flows.registers.erased_registers import remark_on, without_erased_rows
from warehouse.privacy.tombstones import ErasedAccounts, Mark

Place = tuple[str, str, str]
_OF_ACTORS = frozenset({"follower", "following", "actor"})


@dataclass(frozen=True, slots=True)
class Kept:
    """The records to load, how many lines or texts were left out by (platform, account, listing), rows by register."""

    records: Sequence[Record]
    left_out: Mapping[Place, int]
    registers: Counter[str] = field(default_factory=Counter)

    @property
    def remark(self) -> str | None:
        """A sentence for each list that something was left out of; None where nothing was."""
        lists: Counter[str] = Counter()
        for (_, _, listing), count in self.left_out.items():
            lists[listing] += count
        said = [f"{_erased(count)} left out of {listing}." for listing, count in sorted(lists.items())]
        said += [remark_on(self.registers)] if self.registers else []
        return " ".join(said) or None


def without_erased(records: Iterable[Record], erased: ErasedAccounts, borne: AbstractSet[Mark] = frozenset()) -> Kept:
    """Return the records without those of erased accounts; an own post that answers one no longer says whom.

    `borne` are the marks of handles that accounts bear now which were not erased.
    """
    if not erased.hashes:
        return Kept(list(records), {})
    records, rows = without_erased_rows(records, erased, borne)
    kept: list[Record] = []
    left_out: Counter[Place] = Counter()
    for record in records:
        if not erased.has(getattr(record, "platform", ""), _actor_of(record)):
            kept.append(_answering_nobody(record, erased) if isinstance(record, Post) else record)
        elif listing := _listing_of(record):
            left_out[record.platform, record.account_id, listing] += 1  # type: ignore[attr-defined]
    return Kept(kept, left_out, rows)


def _actor_of(record: Record) -> str | None:
    if isinstance(record, Follow | Comment | Repost | Like):
        return record.actor_id
    if isinstance(record, Profile):
        return record.account_id
    if isinstance(record, Unavailable | Proof) and record.kind in _OF_ACTORS:
        return record.subject_id
    return None


def _listing_of(record: Record) -> str | None:
    if isinstance(record, Follow):
        return "followers" if record.direction == "follower" else "following"
    if isinstance(record, Comment):
        return {"comment": "comments", "quote": "reposts"}.get(record.kind, "mentions")
    if isinstance(record, Repost):
        return "reposts"
    return "likes" if isinstance(record, Like) else None


def _answering_nobody(post: Post, erased: ErasedAccounts) -> Post:
    answered, referred = post.in_reply_to_actor_id, post.refers_to_actor_id
    return replace(
        post,
        in_reply_to_actor_id=None if erased.has(post.platform, answered) else answered,
        refers_to_actor_id=None if erased.has(post.platform, referred) else referred,
    )


def _erased(count: int) -> str:
    return "1 erased account was" if count == 1 else f"{count} erased accounts were"
