"""An invented school's registers as records: 120 pupils in six year groups and twelve classes, and the others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from connectors.records import Person, Photograph, Record, RegisteredAccount, RegisterRead
from warehouse.casebook.casebook import Acceptance
from warehouse.registers.register_states import RegisterState, match_registers
from warehouse.store.load import load

PUPILS = [
    Person(
        register="pupils",
        person_id=f"{number:04}",
        given_names="Somebody",
        surname=f"Quite-Else-{number}",
        year_group=str(7 + number // 20),
        class_name=f"{7 + number // 20}{'AB'[number % 2]}",
        x_account=f"h{number}" if number < 2 else None,
        picture_consent="withdrawn" if number in {3, 4} else "given",
    )
    for number in range(120)
]
STAFF = [Person(register="staff", person_id=f"S{n}", surname=f"Netherfold-{n}") for n in range(30)]
PARENTS = [
    Person(register="parents", person_id=f"G{n}", surname=f"Elder-{n}", related_ids=f"{n:04}") for n in range(120)
]
PHOTOGRAPHS = [
    Photograph(photograph_id=f"P-{n}", file_name=f"{n}.jpg", video_id=None, channels="x", consent="given")
    for n in range(40)
]
ACCOUNTS = [RegisteredAccount(platform="x", account_id=str(n), handle=None) for n in range(4)]


def leavers(*gone: Person) -> list[Record]:
    """Return the leavers register with these pupils on it, and one from before."""
    old = Person(register="leavers", person_id="L1", surname="Gone-Before")
    return [old, *(replace(one, register="leavers", left_on=date(2026, 11, 6)) for one in gone)]


def registers(sha256: str = "first", **rows: Sequence[Record]) -> list[Record]:
    """Return the records of these registers, and of each the line that says that it was read."""
    whole = {"pupils": PUPILS, "staff": STAFF, "leavers": leavers()} | rows
    read = [
        RegisterRead(
            register=name, file_name=f"{name}.csv", rows=len(held), set_aside=0, sha256=sha256,
            refreshed_on=date(2026, 11, 1),
        )
        for name, held in whole.items()
    ]  # fmt: skip
    return [*(row for held in whole.values() for row in held), *read]


def known(
    db: duckdb.DuckDBPyConnection,
    run_id: str,
    records: Iterable[Record],
    *,
    expected: dict[str, int] | None = None,
    accepted: Sequence[Acceptance] = (),
    named: Sequence[str] = ("pupils", "staff", "leavers"),
) -> dict[str, RegisterState]:
    """Load the registers into this run, hold them against their history, and return how each stands."""
    load(db, run_id=run_id, source="registers", records=list(records))
    found = match_registers(db, run_id=run_id, named=named, expected=expected or {}, accepted=accepted)
    return {one.register: one for one in found}


def changed(rows: Iterable[Any], **cells: Any) -> list[Any]:
    """Return the rows with these cells."""
    return [replace(row, **cells) for row in rows]
