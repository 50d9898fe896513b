"""What would be erased of one subject, in counts, and whether it may be: nothing here changes anything."""

import secrets
from collections import Counter
from dataclasses import fields, replace

import duckdb

from connectors.records import Person, Photograph, RegisteredAccount
from engines.roll_ids import fold_roll_id
from flows.home.context import Context
from flows.home.integrity import looked_into
from flows.home.process import os_user
from flows.home.settings import ConfigurationError
from flows.privacy.asked import Asked
from flows.privacy.hold_checks import ensure_not_on_hold
from flows.privacy.reach import LEFT, NOTHING_CHOSEN, Chosen, decided_now
from flows.registers.erased_records import is_erased_row
from flows.registers.reasons import ensure_not_named
from flows.registers.register_files import Row, register_of
from flows.registers.registers import registers_now
from warehouse.casebook.holds import PHOTOGRAPH
from warehouse.privacy import erasing
from warehouse.privacy.erase import fingerprints_of, keyed_hash
from warehouse.privacy.erased_files import files_naming
from warehouse.privacy.erasing import STILL_IN
from warehouse.privacy.erasure_journal import Erasure
from warehouse.privacy.reach import CERTAIN, accounts_of
from warehouse.privacy.subject_patterns import ERASED, Subject, SubjectMatcher
from warehouse.privacy.subjects import resolve, rows_naming, with_accounts
from warehouse.privacy.tombstones import ErasedAccounts, erased_in, handle_mark, id_mark
from warehouse.runs.runs import is_published

_OWN = {Person: "person_id", Photograph: "photograph_id"}
_PLATFORMS = {"x_account": "x", "youtube_account": "youtube"}


def rows_of_id(context: Context, *, person: str | None, photograph: str | None) -> tuple[Row, ...]:
    """Return the rows of this roll id, or photograph's id; ConfigurationError where a register cannot be read."""
    if person is None and photograph is None:
        return ()
    return tuple(
        row
        for row in _rows_now(context)
        if (isinstance(row, Person) and person is not None and fold_roll_id(row.person_id) == fold_roll_id(person))
        or (isinstance(row, Photograph) and row.photograph_id == photograph)
    )


def _rows_now(context: Context) -> list[Row]:
    now = registers_now(context)
    if now.refusal:
        raise ConfigurationError(f"Whether a register still has the subject cannot be told: {now.refusal}")
    return [record for record in now.records if isinstance(record, Row)]


def _is_named(row: Row, field: str, matcher: SubjectMatcher) -> bool:
    platform = row.platform if isinstance(row, RegisteredAccount) else _PLATFORMS.get(field)
    return matcher.names(getattr(row, field), field, platform)


def prepared(context: Context, wanted: Asked, *, by: str, reason: str, chosen: Chosen = NOTHING_CHOSEN) -> Erasure:
    """Return what would be erased, with its counts by store; UserError in a sentence where it may not be.

    It changes nothing; `chosen` are the accounts that are taken as a person's too, and what is left. Refused while a
    hold stands, while a register has the person or the photograph, and for an official account.
    """
    with looked_into(context) as db:
        subject = with_accounts(db, meant(context, db, wanted), chosen.also)
    said = " ".join(filter(None, (ensure_not_named(subject, reason), chosen.left)))
    in_registers = _ensure_free(context, subject)  # reads the warehouse's history by a connection of its own
    with looked_into(context) as db:
        subject = replace(subject, hashes=subject.hashes | fingerprints_of(db, subject))
        counts = {f"warehouse {table}": len(rows) for table, rows in rows_naming(db, subject).items()}
    matcher = SubjectMatcher(subject)
    if context.places.published.exists():
        with context.published(of_any_release=True) as copy:
            counts |= {f"copy {table}": len(rows) for table, rows in rows_naming(copy, subject).items()}
    with context.casebook() as book:
        written = SubjectMatcher(subject, reads_questions=True)
        counts |= {f"casebook {table}": rows for table, rows in erasing.naming(book, written).items() if rows}
        if active := erasing.may_still_sign_in(book, matcher):
            counts[f"{STILL_IN}the people of the desk, who may sign in"] = active
    if files := files_naming(context.places, matcher):
        counts["files of reports and runs"] = len(files)
    counts |= {f"{STILL_IN}{file}": number for file, number in in_registers.items()}
    token = secrets.token_hex(16)
    return Erasure(token, wanted.kind, subject, by, said, counts, context.now(), os_user())


def meant(context: Context, db: duckdb.DuckDBPyConnection, wanted: Asked) -> Subject:
    """Return who is meant, with the accounts that are theirs for certain; SubjectError."""
    decided = decided_now(context)
    return resolve(db, decided, person=wanted.person, actor=wanted.account, photograph=wanted.photograph)


def unfinished_run(context: Context) -> str | None:
    """Return what keeps everything from being erased yet where a run was begun and not published; None otherwise."""
    with looked_into(context) as db:
        if is_published(db):
            return None
    return f"A run was begun and not published, so nothing can be erased yet. First: audit run {context.school.id}"


def already_erased(context: Context, wanted: Asked) -> str | None:
    """Return in a sentence when whoever is meant was erased; None for somebody who was not.

    Raises ConfigurationError where a register gives the id to somebody else now, or cannot be read.
    """
    marks = [id_mark(wanted.person)] if wanted.person else []
    marks += [(PHOTOGRAPH, wanted.photograph)] if wanted.photograph else []
    marks += [wanted.account, handle_mark(*wanted.account)] if wanted.account else []
    with context.casebook() as book:
        on = erasing.newest_tombstone(book, {keyed_hash(context.names_key, *mark) for mark in marks})
        made = erasing.certificates(book)
        erased = ErasedAccounts(context.names_key, book.tombstones())
    if on is None:
        return None
    zone = context.zone
    of_that_day = [
        each for each in made if each.begun_at.astimezone(zone).date() <= on <= each.ended_at.astimezone(zone).date()
    ]
    numbers = " or ".join(str(each.number) for each in of_that_day)
    when = f"erased on {on}" + (f": certificate {numbers}" if numbers else "")
    rows = rows_of_id(context, person=wanted.person, photograph=wanted.photograph)
    for row in rows:
        if not is_erased_row(row, erased):
            raise ConfigurationError(
                f"Whoever had this id was {when}. But the register of {register_of(row)} gives it to another row now, "
                "which no run has read: that is somebody else, and nothing was erased. If nothing of that row is to "
                "be kept, take it out of the register."
            )
    left = [each.reason[each.reason.index(LEFT) :] for each in of_that_day if LEFT in each.reason]
    if rows:
        still = f"The register of {register_of(rows[0])} has the row still, and every run leaves it out"
        left.append(f"{still}: take it out of the file.")
    left += _standing_still(context, erased)
    return " ".join((f"Already {when}.", *(left or ["Nothing is left to erase."])))


def _standing_still(context: Context, erased: ErasedAccounts) -> list[str]:
    """Return in sentences what the warehouse still has of anybody who was erased; nothing where it has nothing."""
    decided = decided_now(context)
    with looked_into(context) as db:
        again = sorted({kind for kind, _ in erased_in(db, context.names_key, erased.hashes)})
        theirs = accounts_of(db, ERASED, decided)
    accounts = ", ".join(sorted(":".join(tie.account) for tie in theirs if tie.how in {*CERTAIN, "several"}))
    says = [f"The warehouse has the {kind} of somebody who was erased again: restore it anew." for kind in again]
    told = "Confirmed as the accounts of somebody who was erased, and kept still: {}. Erase each with --actor."
    return [*says, *([told.format(accounts)] if accounts else [])]


def _ensure_free(context: Context, subject: Subject) -> dict[str, int]:
    """Raise ConfigurationError where something keeps the subject from being erased.

    Return how many rows of each register's file name the subject and are not the subject's own.
    """
    official = {(account.platform, account.account_id) for account in context.school.account}
    if official & subject.actors:
        raise ConfigurationError("That is one of the school's official accounts. Take it out of school.toml first.")
    ensure_not_on_hold(context, subject)
    rows, matcher = _rows_now(context), SubjectMatcher(subject)
    ids = ((row, _OWN[type(row)]) for row in rows if type(row) in _OWN)
    if own := [row for row, name in ids if matcher.names(getattr(row, name), name)]:
        raise ConfigurationError(
            f"The register of {register_of(own[0])} still has this row. Take it out of the register first; "
            "nothing was erased."
        )
    files = {str(register): file for register, file in context.school.registers.items()}
    naming = (row for row in rows if any(_is_named(row, field.name, matcher) for field in fields(row)))
    return {f"registers/{files[name]}": number for name, number in sorted(Counter(map(register_of, naming)).items())}
