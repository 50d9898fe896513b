"""What would be erased of one subject, in counts, and whether it may be: nothing here changes anything."""

import secrets
from dataclasses import dataclass, replace

from connectors.records import Person, Photograph
from flows.context import Context
from flows.registers import registers_now
from flows.settings import ConfigurationError
from flows.standing_holds import must_not_be_held
from warehouse.casebook import erasing
from warehouse.erased_cases import fingerprints_of
from warehouse.erased_files import files_naming
from warehouse.erasure_journal import Erasure
from warehouse.open import opened
from warehouse.runs import is_published
from warehouse.subject_patterns import Recogniser, Subject
from warehouse.subjects import resolve, rows_naming


@dataclass(frozen=True, slots=True)
class WhoIsMeant:
    """Who is to be erased, as the person at the keyboard says it: one of the three."""

    person: str | None = None
    actor: tuple[str, str] | None = None
    photograph: str | None = None

    @property
    def kind(self) -> str:
        """What a certificate says of whom it was about."""
        return "person" if self.person else "account" if self.actor else "photograph"


def prepared(context: Context, wanted: WhoIsMeant, *, by: str, reason: str) -> Erasure:
    """Return what would be erased, with its counts by store; UserError in a sentence where it may not be.

    It changes nothing. Refused while a hold stands, while a register has the person or the photograph, for an official
    account, and while a run has begun and was not published.
    """
    with context.warehouse() as db:
        if not is_published(db):
            raise ConfigurationError(f"A run was begun and not published. First: audit run {context.school.id}")
        subject = resolve(db, person=wanted.person, actor=wanted.actor, photograph=wanted.photograph)
    _must_be_free(context, subject, reason)  # reads the warehouse's history by a connection of its own
    with context.warehouse() as db:
        subject = replace(subject, hashes=subject.hashes | fingerprints_of(db, subject))
        counts = {f"warehouse {table}": len(rows) for table, rows in rows_naming(db, subject).items()}
    recogniser = Recogniser(subject)
    if context.places.published.exists():
        with opened(context.places.published, context.key, read_only=True) as copy:
            counts |= {f"copy {table}": len(rows) for table, rows in rows_naming(copy, subject).items()}
    with context.casebook() as book:
        counts |= {f"casebook {table}": rows for table, rows in erasing.naming(book, recogniser).items() if rows}
    if files := files_naming(context.places, recogniser):
        counts["files of reports and runs"] = len(files)
    token = secrets.token_hex(16)
    return Erasure(token, wanted.kind, subject, by, reason.strip(), counts, context.now())


def _must_be_free(context: Context, subject: Subject, reason: str) -> None:
    """Raise ConfigurationError where something keeps the subject from being erased."""
    official = {(account.platform, account.account_id) for account in context.school.account}
    if official & subject.actors:
        raise ConfigurationError("That is one of the school's official accounts. Take it out of school.toml first.")
    if Recogniser(subject).in_text(reason):
        raise ConfigurationError("The reason names whom it is about, and it is kept. Say it without name or handle.")
    must_not_be_held(context, subject)
    if register := _register_with(context, subject):
        raise ConfigurationError(
            f"The register of {register} still has this row, and the next run would read it again. Take it out of the "
            "register first; nothing was erased."
        )


def _register_with(context: Context, subject: Subject) -> str | None:
    """Return a register that has the person or the photograph as its file lies there now; None where none has."""
    if not (subject.person_ids or subject.photograph_ids):
        return None
    now = registers_now(context)
    if now.refusal:
        raise ConfigurationError(f"Whether a register still has the row cannot be told: {now.refusal}")
    people = {person.strip().casefold() for person in subject.person_ids}
    for record in now.records:
        if isinstance(record, Person) and record.person_id.strip().casefold() in people:
            return record.register
        if isinstance(record, Photograph) and record.photograph_id in subject.photograph_ids:
            return "photographs"
    return None
