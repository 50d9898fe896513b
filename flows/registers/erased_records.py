"""Leaves erased people, photographs and accounts out of what a pull brought, and says how many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, replace

from connectors.records import (
    Comment,
    Follow,
    Like,
    Person,
    Photograph,
    Profile,
    Proof,
    Record,
    RegisteredAccount,
    RegisterProblem,
    RegisterRead,
    Repost,
    Unavailable,
)
from engines.roll_ids import fold_roll_id
from flows.registers.register_files import Row, register_of
from warehouse.catalogue.identities import is_identity
from warehouse.privacy.subject_patterns import ERASED
from warehouse.privacy.tombstones import (
    ErasedAccounts,
    Mark,
    handle_mark,
    id_mark,
    name_marks,
    person_marks,
    photograph_mark,
)


def without_erased_rows(
    records: Iterable[Record], erased: ErasedAccounts, borne: AbstractSet[Mark] = frozenset()
) -> tuple[list[Record], Counter[str]]:
    """Return the records without erased people, and by register how many rows were left out or say less.

    In a list of roll ids `[erased]` stands in the place of theirs, so that nothing is taken for complete. `borne` are
    the handles that accounts bear now which were not erased: whoever declares one of them keeps it.
    """
    records = list(records)
    kept = [record for record in records if not is_erased_row(record, erased)]
    rolls = frozenset(fold_roll_id(record.person_id) for record in kept if isinstance(record, Person))
    cleaned = [_cleaned(record, erased, rolls, borne) if isinstance(record, Row) else record for record in kept]
    dropped = Counter(register_of(record) for record in records if is_erased_row(record, erased))
    changed = Counter(
        register_of(new) for old, new in zip(kept, cleaned, strict=True) if new != old and isinstance(new, Row)
    )
    rows = dropped + changed
    return [*(_counted(record, dropped) for record in cleaned), *_problems(cleaned, rows)], rows


def remark_on(rows: Counter[str]) -> str:
    """Return a sentence for each register whose file still has somebody who was erased; nothing where none has."""
    return " ".join(f"Register of {register}: {_says(number)}" for register, number in sorted(rows.items()))


def _says(number: int) -> str:
    name = "1 row names" if number == 1 else f"{number} rows name"
    return f"{name} somebody who was erased, and this was left out. Take it out of the file."


def _problems(records: Iterable[Record], rows: Counter[str]) -> Iterator[RegisterProblem]:
    """Yield for each file that still has somebody who was erased what the report says of it."""
    for read in (record for record in records if isinstance(record, RegisterRead) and rows[record.register]):
        says = _says(rows[read.register])
        yield RegisterProblem(
            register=read.register, file_name=read.file_name, row=None, column_name=None, problem=says
        )


def is_erased_row(record: Record, erased: ErasedAccounts) -> bool:
    """Say whether a row is of somebody or something erased: by id with name or file, an account by its id alone."""
    if isinstance(record, Person):
        names = (record.full_name, record.given_names, record.surname, record.known_as, record.other_names)
        return any(erased.has(*mark) for mark in person_marks(record.person_id, *names))
    if isinstance(record, Photograph):
        return erased.has(*photograph_mark(record.photograph_id, record.file_name or record.video_id))
    return isinstance(record, RegisteredAccount) and erased.has(record.platform, record.account_id)


def _cleaned(record: Row, erased: ErasedAccounts, rolls: frozenset[str], borne: AbstractSet[Mark]) -> Row:
    """Return a row of somebody else, or of something else, without the erased."""
    if isinstance(record, Person):
        return replace(
            record,
            related_ids=_ids_without(record.related_ids, erased, rolls),
            x_account=_account_without("x", record.x_account, erased, borne),
            youtube_account=_account_without("youtube", record.youtube_account, erased, borne),
        )
    approved_by = record.approved_by
    if approved_by and any(erased.has(*mark) for mark in name_marks(approved_by)):
        approved_by = ERASED
    if isinstance(record, Photograph):
        return replace(record, approved_by=approved_by, pupil_ids=_ids_without(record.pupil_ids, erased, rolls))
    return replace(record, approved_by=approved_by)


def _ids_without(ids: str | None, erased: ErasedAccounts, rolls: frozenset[str]) -> str | None:
    """Return a list of roll ids without those of the erased which nobody on the registers has now."""
    each = [roll_id.strip() for roll_id in (ids or "").split(";")]
    gone = {roll_id for roll_id in each if fold_roll_id(roll_id) not in rolls and erased.has(*id_mark(roll_id))}
    return "; ".join(ERASED if roll_id in gone else roll_id for roll_id in each) if gone else ids


def _account_without(
    platform: str, account: str | None, erased: ErasedAccounts, borne: AbstractSet[Mark]
) -> str | None:
    """Return a declared account; None for the id of an erased one, and for its handle unless another bears that now."""
    if not account:
        return account
    ident, mark = account.strip().rstrip("/").rpartition("/")[2].lstrip("@"), handle_mark(platform, account)
    is_erased = erased.has(platform, ident) or (erased.has(*mark) and mark not in borne)
    return None if is_erased else account


def _counted(record: Record, dropped: Counter[str]) -> Record:
    if isinstance(record, RegisterRead) and dropped[record.register]:
        return replace(record, rows=record.rows - dropped[record.register])
    return record


Place = tuple[str, str, str]
_ANSWERED = ("in_reply_to_actor_id", "refers_to_actor_id")  # of a post: whom it answers, or passes on
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
    """Return the records without those of erased accounts; what others write no longer names them nor answers them."""
    if not erased.hashes:
        return Kept(list(records), {})
    records, rows = without_erased_rows(records, erased, borne)
    names = erased.but_for(borne)
    kept: list[Record] = []
    left_out: Counter[Place] = Counter()
    for record in records:
        if not erased.has(getattr(record, "platform", ""), _actor_of(record)):
            kept.append(_naming_nobody(record, names))
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


def _naming_nobody(record: Record, erased: ErasedAccounts) -> Record:
    platform = getattr(record, "platform", None)
    if platform is None or isinstance(record, Row):
        return record
    said = {each.name: getattr(record, each.name) for each in fields(record)}
    gone: dict[str, str | None] = {name: None for name in _ANSWERED if erased.has(platform, said.get(name))}
    texts = {name: text for name, text in said.items() if isinstance(text, str) and not is_identity(name)}
    gone |= {name: less for name, text in texts.items() if (less := erased.without(platform, text)) != text}
    return replace(record, **gone) if gone else record


def _erased(count: int) -> str:
    return "1 erased account was" if count == 1 else f"{count} erased accounts were"
