"""Whether a register came short: one file of it compared with the last that was whole, and the school's own figure.

An export of one year group looks like a school of which all other pupils have left, and would close every case about
them: a row that is gone must be explained by the leavers register. The sentences hold counts, never values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engines.roll_ids import fold_roll_id
from policies.platforms.registry import EVERY_PLATFORM
from warehouse.registers.changed_identities import FEW, ONE_IN, Pair, changed_identities

TENTH = 0.1
GROUPS = {"year_group": ("year group", "year groups"), "class_name": ("class", "classes")}
REFUSALS = ("picture_consent", "consent")
# Where somebody who is not on a register any more may be found instead.
_ELSEWHERE = {"pupils": "leavers", "parents": "leavers", "leavers": "pupils"}
_KEYS = {"photographs": ("photograph_id",), "accounts": ("platform", "account_id", "handle")}
_NO_COLUMNS = frozenset({"run_id", "source", "register", "person_id", "photograph_id", "platform"})


@dataclass(frozen=True, slots=True)
class Copy:
    """One register as one file had it: by folded id, the cells that were filled."""

    register: str
    lines: Mapping[str, Mapping[str, str]]
    sha256: str = ""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.lines)


def copied(register: str, rows: Iterable[Mapping[str, Any]], sha256: str = "") -> Copy:
    """Return the copy of a register of which these are the rows, in the raw table's own column names."""
    lines = {
        _key(register, row): {
            name: str(cell) for name, cell in row.items() if name not in _NO_COLUMNS and cell not in (None, "")
        }
        for row in rows
    }
    return Copy(register, lines, sha256)


def shortfall(
    now: Copy, before: tuple[Copy, date] | None, others: Mapping[str, Copy], *, expected: int | None = None
) -> str | None:
    """Return in a sentence why this register came short, or None where it is whole.

    `before` is the last copy that was whole, and its day; `others` are the registers that were read with this one.
    """
    history = list(_lost(now, before[0], others)) if before and now.rows else []
    is_below = expected is not None and now.rows < expected * (1 - TENTH)
    reasons = [*history, f"school.toml expects {expected:,}"] if is_below else history
    is_emptied = before is not None and before[0].rows > 0 and not now.rows
    if not reasons and not is_emptied:
        return None
    rows = "is empty" if not now.rows else f"has {_count(now.rows, 'row', 'rows')}"
    since = (
        f" where it had {before[0].rows:,} on {before[1].day} {before[1]:%B %Y}" if before and before[0].rows else ""
    )
    return f"The {now.register} register {rows}{since}{': ' if reasons else ''}{'; '.join(reasons)}."


def lost_rows(now: Copy, before: Copy, others: Mapping[str, Copy]) -> frozenset[str]:
    """Return the folded ids that were on the register, are not on it any more, and that no other one explains."""
    lost = before.lines.keys() - now.lines.keys()
    other = others.get(_ELSEWHERE.get(now.register, ""))
    explained = other.lines.keys() if other else set()
    if now.register == "parents":
        return frozenset(ident for ident in lost if not _have_all_left(before.lines[ident], explained))
    return frozenset(lost - explained)


def _lost(now: Copy, before: Copy, others: Mapping[str, Copy]) -> Iterator[str]:
    """Give what the register had and has not, each in words."""
    lost = lost_rows(now, before, others)
    groups = [sentence for column, words in GROUPS.items() if (sentence := _groups(now, before, lost, column, words))]
    if groups or _is_much(len(lost), before.rows):
        yield f"{len(lost):,} of the rows that it had then {'is' if len(lost) == 1 else 'are'} {_nowhere(now.register)}"
    yield from groups
    still = [(before.lines[ident], line) for ident, line in now.lines.items() if ident in before.lines]
    yield from _columns(now, still)
    if now.register not in _KEYS:
        yield from changed_identities(still)


def _nowhere(register: str) -> str:
    other = _ELSEWHERE.get(register)
    if register == "parents":
        return "not there any more, though not all their children are on the leavers register"
    return f"neither on it nor on the {other} register now" if other else "not there any more"


def _is_much(lost: int, of: int) -> bool:
    """Say whether more is lost than an office writes down late; a single row is a change that anyone makes."""
    return lost > 1 and (lost > of * TENTH or lost > max(FEW, of / ONE_IN))


def _groups(now: Copy, before: Copy, lost: frozenset[str], column: str, words: tuple[str, str]) -> str | None:
    """Say how many groups are missing: those that nobody is in any more, and most of whose people are lost."""
    members: dict[str, set[str]] = {}
    for ident, line in before.lines.items():
        if column in line:
            members.setdefault(line[column], set()).add(ident)
    there = {line[column] for line in now.lines.values() if column in line}
    gone = [
        people
        for name, people in members.items()
        if name not in there and len(people) > 1 and 2 * len(people & lost) > len(people)
    ]
    if not gone:
        return None
    return f"{len(gone)} of {_count(len(members), *words)} {'is' if len(gone) == 1 else 'are'} missing"


def _columns(now: Copy, still: Sequence[Pair]) -> Iterator[str]:
    """Give the columns that those who are still there had filled, and have not now."""
    filled = {column for line in now.lines.values() for column in line}
    for column in sorted({name for then, _ in still for name in then}):
        had = sum(column in then for then, _ in still)
        emptied = sum(column in then and column not in line for then, line in still)
        name = column.replace("_", " ")
        if emptied and column not in filled:
            yield f"the column {name}, which {_count(had, 'row', 'rows')} had filled, is not there or empty now"
        elif emptied > 1 and emptied > had * TENTH:
            yield f"the column {name} is empty now in {emptied:,} of the {had:,} rows that had filled it"
        elif column in REFUSALS and (
            blank := sum(_is_blank_refusal(then.get(column, ""), line.get(column, "")) for then, line in still)
        ):
            refusals = _count(blank, "refusal", "refusals")
            yield f"{refusals} in the column {name} {'is' if blank == 1 else 'are'} blank now"


def _is_blank_refusal(then: str, now: str) -> bool:
    """Say whether a consent refused what nothing is said of now; one without channels speaks of every platform."""
    said = {part.rpartition("=")[0] for part in now.split(";") if part}
    answers = (part.rpartition("=") for part in then.split(";"))
    refused = [{channel} if channel else {*EVERY_PLATFORM} for channel, _, answer in answers if answer == "withdrawn"]
    return "" not in said and any(not channels <= said for channels in refused)


def _have_all_left(parent: Mapping[str, str], left: Iterable[str]) -> bool:
    children = {
        fold_roll_id(related_id) for related_id in parent.get("related_ids", "").split(";") if related_id.strip()
    }
    return bool(children) and children <= set(left)


def _key(register: str, row: Mapping[str, Any]) -> str:
    if register == "accounts":
        name = row["account_id"] or str(row["handle"]).casefold().removeprefix("@")
        return f"{row['platform']}:{name}"
    return fold_roll_id(str(row[_KEYS.get(register, ("person_id",))[0]]))


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}"
