"""How each register stands in a run: whole, partial or unread, compared with the last time that it was whole.

"The last time" is the last run in which it was whole, or in which somebody has accepted the very file: a second short
week is still short, and what was accepted is what the next week is compared with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

import duckdb

from warehouse.casebook.casebook import Acceptance
from warehouse.questions import question
from warehouse.registers.shortfall import Copy, copied, shortfall
from warehouse.store.load import replace_run, transaction

State = Literal["whole", "partial", "unread"]
REGISTERS = ("pupils", "staff", "governors", "parents", "leavers", "photographs", "accounts")
NO_FILE = ""  # in place of a file's hash, where somebody accepted that there is no such register any more
_TABLES = {"photographs": "photographs", "accounts": "registered_accounts"}


@dataclass(frozen=True, slots=True)
class RegisterState:
    """How one register stands, and why in a sentence with counts; the fields are the columns of raw.register_states."""

    register: str
    state: State
    why: str
    rows: int
    rows_before: int | None = None
    compared_with: str | None = None
    accepted_by: str | None = None
    accepted_note: str | None = None

    @property
    def is_short(self) -> bool:
        """Whether it was not seen whole, and nobody has said that this is right."""
        return self.state != "whole" and self.accepted_by is None

    @property
    def word(self) -> str:
        """How it stands, as a person reads it: a whole list on which nobody stands is empty."""
        return "empty" if self.state == "whole" and not self.rows else self.state


def match_registers(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    named: Iterable[str],
    expected: Mapping[str, int],
    accepted: Sequence[Acceptance],
) -> list[RegisterState]:
    """Compare the registers of this run with their history, write raw.register_states, and return how each stands.

    `named` are those that school.toml names, `expected` the rows that it says they have.
    """
    register_states = states(db, copies(db, run_id), before=run_id, named=named, expected=expected, accepted=accepted)
    with transaction(db):
        replace_run(db, "raw.register_states", run_id, map(asdict, register_states))
    return register_states


def states(
    db: duckdb.DuckDBPyConnection,
    now: Mapping[str, Copy],
    *,
    before: str,
    named: Iterable[str],
    expected: Mapping[str, int],
    accepted: Sequence[Acceptance],
) -> list[RegisterState]:
    """Return how these copies stand beside the runs before the run `before`; writes nothing."""
    wanted = set(named)
    register_states = []
    for register in REGISTERS:
        acceptances = [acceptance for acceptance in accepted if acceptance.register == register]
        last = _last_whole(db, register, before=before, accepted=acceptances)
        if register in now:
            register_states.append(_stands(db, now[register], last, now, expected.get(register), acceptances))
        elif register in wanted or last is not None:
            register_states.append(_unread(register, last, acceptances, is_named=register in wanted))
    return register_states


def copies(db: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Copy]:
    """Return every register that this run read."""
    read = db.execute("select register, min(sha256) from raw.registers where run_id = ? group by 1", [run_id])
    return {register: _copy(db, run_id, register, sha256) for register, sha256 in read.fetchall()}


def _copy(db: duckdb.DuckDBPyConnection, run_id: str, register: str, sha256: str = "") -> Copy:
    table = _TABLES.get(register, "people")
    sql = f"select * from raw.{table} where run_id = $run" + (" and register = $register" if table == "people" else "")
    values = {"run": run_id} | ({"register": register} if table == "people" else {})
    answer = db.execute(sql, values)
    names = [column[0] for column in answer.description or ()]
    return copied(register, (dict(zip(names, row, strict=True)) for row in answer.fetchall()), sha256)


@dataclass(frozen=True, slots=True)
class _Last:
    """The last run in which a register was whole or accepted: its id, its day and the file that it read."""

    run_id: str
    day: date
    sha256: str


def _last_whole(
    db: duckdb.DuckDBPyConnection, register: str, *, before: str, accepted: Sequence[Acceptance]
) -> _Last | None:
    words = [f"{acceptance.sha256} {acceptance.compared_with or ''}" for acceptance in accepted]
    asked = {"register": register, "before": before, "accepted": words}
    rows = db.execute(question("last_whole_register"), asked).fetchall()
    return _Last(*rows[0]) if rows else None


def _word(accepted: Sequence[Acceptance], sha256: str, last: _Last | None) -> Acceptance | None:
    """Return the acceptance of this very change: the same file, beside the same run or as that run had it itself."""
    mine = [acceptance for acceptance in accepted if acceptance.sha256 == sha256]
    compared = [acceptance for acceptance in mine if acceptance.compared_with == (last.run_id if last else None)]
    return next(iter(compared or (mine if last and last.sha256 == sha256 else ())), None)


def _stands(
    db: duckdb.DuckDBPyConnection,
    now: Copy,
    last: _Last | None,
    others: Mapping[str, Copy],
    expected: int | None,
    accepted: Sequence[Acceptance],
) -> RegisterState:
    then = (_copy(db, last.run_id, now.register), last.day) if last else None
    why = shortfall(now, then, others, expected=expected)
    beside = (now.rows, then[0].rows if then else None, last.run_id if last else None)
    if why is None:
        return RegisterState(now.register, "whole", "", *beside)
    if word := _word(accepted, now.sha256, last):
        return RegisterState(now.register, "whole", why, *beside, word.by_role, word.note)
    return RegisterState(now.register, "partial", why, *beside)


def _unread(register: str, last: _Last | None, accepted: Sequence[Acceptance], *, is_named: bool) -> RegisterState:
    why = f"The {register} register was not read in this run."
    if not is_named:
        why = f"The {register} register, which earlier runs read, is not named in school.toml any more."
    word = None if is_named else _word(accepted, NO_FILE, last)
    by_and_note = (word.by_role, word.note) if word else (None, None)
    return RegisterState(register, "unread", why, 0, None, last.run_id if last else None, *by_and_note)


def came_short(copy: duckdb.DuckDBPyConnection, registers: Iterable[str]) -> list[str]:
    """Return why each of these registers came short in the newest run of a published copy."""
    rows = copy.execute(
        "select why from published.register_states where list_contains(?, register) and state != 'whole' "
        "and accepted_by is null and run_id = (select arg_max(run_id, as_of) from published.runs) order by register",
        [list(registers)],
    ).fetchall()
    return [why for (why,) in rows]
