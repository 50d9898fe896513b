"""The reach of whoever is asked for, shown before anything is done: what is theirs, what may be, what tells of them.

What is certain goes with them. About what may be theirs a person answers: with it, or left, and why.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import duckdb

from flows.home.context import Context
from flows.home.integrity import looked_into
from flows.home.settings import ConfigurationError
from flows.registers.reasons import ensure_not_named
from policies.dates import short_date
from warehouse.casebook.questions import backup_question, last_answered
from warehouse.privacy.reach import HOW, Account, Decided
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subjects import SubjectError, resolve, rows_naming

LEFT = "Left: "  # begins, in what a certificate says, what a person chose to leave
_CERTAIN = {"declared": "a register declares", "confirmed": "a person confirmed"}
_PERHAPS = {
    "several": "that may be theirs or somebody else's, for a register or a confirmed case gives several people",
    "changed": "that may be theirs, by a confirmation that covers the case no more",
    "likely": "that may be theirs, by name and another sign such as the year",
    "possible": "that may be theirs, by name alone",
    "about": "about them and not theirs",
}
_PHOTOGRAPHS = frozenset({"raw.photographs"})
_SHOWN = "select distinct photograph_id from raw.photographs where list_contains(?::bigint[], rowid) order by 1"
_GIVEN = """
select evidence ->> '$.roll_id' from outcome.exceptions
where fingerprint = ? and (evidence ->> '$.roll_id') is not null order by run_id desc limit 1
"""
_Asks = Callable[[str], bool | str]  # a sentence: True to take it too, or why it is left


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person answered about the accounts that may be theirs: which are taken too, and what is left and why."""

    also: frozenset[Account] = frozenset()
    left: str = ""


NOTHING_CHOSEN = Chosen()


def decided_now(context: Context) -> Decided:
    """Return what the casebook says of cases today."""
    with context.casebook() as book:
        return Decided.of(book, context.today())


def open_ties(subject: Subject) -> Mapping[str, list[Account]]:
    """Return by how they are tied the accounts that are not taken as the subject's, the likeliest first."""
    found: dict[str, list[Account]] = {}
    for how in HOW:
        if accounts := sorted(t.account for t in subject.ties if t.how == how and t.account not in subject.actors):
            found[how] = accounts
    return found


def reach_lines(context: Context, db: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[str]:
    """Yield in sentences what is tied to whoever is meant, by ids alone: accounts, photographs, backups."""
    for how, who in _CERTAIN.items():
        if accounts := sorted(tie.account for tie in subject.ties if tie.how == how):
            yield f"Theirs, as {who}: {_ids(accounts)}."
    for how, accounts in open_ties(subject).items():
        yield f"{_counted(accounts)} {_PERHAPS[how]} ({how}): {_ids(accounts)}.{_shared(subject, accounts)}"
    if subject.person_ids and (rows := list(rows_naming(db, subject, only=_PHOTOGRAPHS).get("raw.photographs", ()))):
        shown = db.execute(_SHOWN, [rows]).fetchall()
        yield f"They stand with photographs: {', '.join(ident for (ident,) in shown)}."
    with context.casebook() as book:
        made = last_answered(book.engine, context.school.id, backup_question(context.school.id))
    if made is not None:
        day = short_date(made.astimezone(context.zone).date())
        yield (
            f"Backups hold it all until they are deleted; the last was made on {day}. One that is put back is "
            "erased from again."
        )


def reach_of_case(context: Context, fingerprint: str) -> Iterator[str]:
    """Yield in sentences what is tied to whoever a case gives, as it was last written, and by ids of accounts alone."""
    if not context.places.warehouse.exists():
        return
    decided = decided_now(context)
    with looked_into(context) as db:
        for (given,) in db.execute(_GIVEN, [fingerprint]).fetchall():
            for person in (each.strip() for each in given.split(",")):
                with suppress(SubjectError):  # whom no register has had since
                    yield from reach_lines(context, db, resolve(db, decided, person=person))


def chosen_of(subject: Subject, also: Sequence[str], leave: Sequence[str], asks: _Asks | None = None) -> Chosen:
    """Return what is answered about each account that may be the subject's; `asks` puts what no option answers.

    ConfigurationError where an option names none of them, and where nothing answers one and nobody is asked.
    """
    waiting = {account: how for how, accounts in open_ties(subject).items() for account in accounts}
    taken, left = set[Account](), list[str]()
    for said in also:
        taken |= _taken_out(waiting, said)
    for said in leave:
        whom, _, why = said.strip().partition(" ")
        found = _taken_out(waiting, whom.rstrip(":"))
        left.append(_left(subject, found, why))
    for how in dict.fromkeys(waiting.values()):
        accounts = [account for account, its in waiting.items() if its == how]
        asked = f"{_counted(accounts)} {_PERHAPS[how]}: {_ids(accounts)}.{_shared(subject, accounts)}"
        if asks is None:
            raise ConfigurationError(
                f"{asked} Say --also {how} to take it too, or --leave '{how} WHY' to leave it; or name each account."
            )
        if (answer := asks(asked)) is True:
            taken.update(accounts)
        else:
            left.append(_left(subject, accounts, str(answer)))
    return Chosen(frozenset(taken), f"{LEFT}{' '.join(left)}" if left else "")


def _taken_out(waiting: dict[Account, str], said: str) -> set[Account]:
    """Take out of what waits for an answer whatever an option names: an account, or each of a kind."""
    found = {account for account, how in waiting.items() if said in {how, ":".join(account)}}
    if not found:
        raise ConfigurationError(f"{said} is none of the accounts that may be theirs. Look at what --preview lists.")
    for account in found:
        del waiting[account]
    return found


def _left(subject: Subject, accounts: Collection[Account], why: str) -> str:
    hows = {tie.how for tie in subject.ties if tie.account in accounts}
    said = ensure_not_named(replace(subject, actors=subject.actors | {*accounts}), why).rstrip(".")
    return f"{_counted(accounts)} {' or '.join(_PERHAPS[how] for how in HOW if how in hows)}: {said}."


def _counted(accounts: Collection[Account]) -> str:
    return "1 account" if len(accounts) == 1 else f"{len(accounts)} accounts"


def _shared(subject: Subject, accounts: Collection[Account]) -> str:
    """Return in a sentence which of these accounts are as likely somebody else's; empty for none."""
    shared = [tie.account for tie in subject.ties if tie.is_others_too and tie.account in accounts]
    return f" {_ids(shared)} may be somebody else's too." if shared else ""


def _ids(accounts: Collection[Account]) -> str:
    return ", ".join(map(":".join, sorted(accounts)))
