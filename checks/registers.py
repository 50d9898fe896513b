"""Which registers, and columns and rows of them, a check goes by and this run did not see whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from checks.asked_once import AskedOnce
from checks.model import Check
from engines.people import REGISTER_OF

_MISSING = "select register || '.' || column_name, is_likely_there from core.missing_columns where bears"
_UNREAD = "select register, column_name, rows, numbers from core.unread_rows order by all"
_ROW_IDS = frozenset({"person_id", "photograph_id"})  # for a whole row
_MOST_NUMBERS = 5
_REMEDY = "Add it to the file, empty where there is nothing to say, or map its heading in school.toml"


def unseen(run: AskedOnce, check: Check, parameters: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each column that the check goes by and that this run did not see, in order.

    What a check needs must be there. What it heeds may never have been, unless a heading looks like it.
    """
    missing = dict(run.rows(_MISSING))
    needs_columns = [name for need in check.needs_columns for name in columns_named(need, parameters)]
    named = dict.fromkeys((*needs_columns, *check.heeds_columns))
    lacking = [
        _sentence(name, is_likely_there=missing[name])
        for name in named
        if name in missing and (name in needs_columns or missing[name])
    ]
    return [*lacking, *(sentence for name, sentence in _unread(run) if name in named)]


def _unread(run: AskedOnce) -> list[tuple[str, str]]:
    """Return each register, or column of one, of which rows could not be read, and the sentence that says so."""
    return [
        (register if column in _ROW_IDS else f"{register}.{column}", _of_rows(register, column, rows, numbers))
        for register, column, rows, numbers in run.rows(_UNREAD)
    ]


def _of_rows(register: str, column: str, rows: int, numbers: Sequence[int | None]) -> str:
    first = [str(number) for number in numbers if number is not None][:_MOST_NUMBERS]
    more = f" and {rows - len(first):,} more" if rows > len(first) else ""
    which = f"{'row' if rows == 1 else 'rows'} {', '.join(first)}{more}" if rows else "the letters of the file"
    of = "" if column in _ROW_IDS else f"{column.replace('_', ' ')} in "
    return (
        f"On the {register} register {of}{which} could not be read for certain. Nothing that rests on it counts as "
        "kept or gone; audit doctor says what to correct."
    )


def _sentence(name: str, *, is_likely_there: bool) -> str:
    register, _, column = name.partition(".")
    though = ", although a heading that nobody recognised looks like it" if is_likely_there else ""
    return f"The {register} register has no column {column}{though}, so that nobody knows what it says. {_REMEDY}."


OF_THE_WANTS = "of the wants"  # instead of a column's name: those of the parameter `wants`
OF_THE_ROLES = "of the roles"  # instead of a register's name: those of the parameter `roles`
_READ = "select register, sum(rows) from core.registers group by register"
_STATES = "select register, state, why, accepted_by is not null from core.register_states"


def unsure(
    run: AskedOnce,
    needs: Sequence[str],
    parameters: Mapping[str, Any],
    *,
    heeds: Sequence[str] = (),
) -> list[str]:
    """Return a sentence for each register that the check goes by and that this run did not see whole, in order.

    What a check `needs` must be there, and hold somebody; what it `heeds` must be whole where the school keeps it.
    """
    read = dict(run.rows(_READ))
    states = {register: (state, why, accepted) for register, state, why, accepted in run.rows(_STATES)}
    needed = [name for need in needs for name in _named(need, parameters)]
    unread: dict[str, list[str]] = {}
    for name, sentence in _unread(run):
        unread.setdefault(name, []).append(sentence)
    sentences = []
    for name in dict.fromkeys((*needed, *heeds)):
        state, why, is_accepted = states.get(name, ("whole", "", False))
        if name in needed and name not in read:
            sentences.append(_not("was not read in this run", name))
        elif name in needed and not read[name] and not is_accepted:
            sentences.append(_not("is empty", name))
        elif state != "whole" and not is_accepted:
            sentences.append(f"{why} Nothing that rests on it counts as kept or gone.")
        sentences += unread.get(name, ())
    return sentences


def _not(how: str, register: str) -> str:
    """Return what the coverage says of a register that was not read, or that holds nothing."""
    if register == "photographs":
        return f"The photographs register {how}, so that no approval could be found."
    return f"The {register} register {how}, so that nobody on it could be recognised."


def columns_named(need: str, parameters: Mapping[str, Any]) -> list[str]:
    """Return the columns (`register.column`) that a need of a check means with these parameters."""
    register, _, column = need.partition(".")
    return [f"{register}.{name}" for name in parameters["wants"]] if column == OF_THE_WANTS else [need]


def _named(need: str, parameters: Mapping[str, Any]) -> list[str]:
    return [REGISTER_OF[role] for role in parameters["roles"]] if need == OF_THE_ROLES else [need]
