"""Logs what is asked, and refuses where it would be logged in another casebook than the published copy knows."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from flows.home.context import Context
from flows.home.process import os_user
from flows.home.settings import ConfigurationError
from policies.roles import DoneBy
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.counters import is_of_the_copy
from warehouse.casebook.subject_requests import RequestError, SubjectRequests
from warehouse.store.open import opened


@contextmanager
def own_casebook(context: Context) -> Iterator[Casebook]:
    """Lend the casebook that the newest run saw; ConfigurationError for any other, before anything is read."""
    with context.casebook() as book:
        ensure_own(book, context.places.published, context.key)
        yield book


def open_requests(context: Context, about: tuple[str, str]) -> tuple[int, ...]:
    """Return the numbers of the open requests about a person, a photograph or an account, by kind and id."""
    with context.casebook() as book:
        return tuple(each.number for each in SubjectRequests(book).open_about([about]))


def record_on(
    context: Context, requests: Collection[int], step: str, note: str, by: DoneBy, *, is_once: bool = False
) -> None:
    """Record on each of these requests what a command has just done for it; one that was closed meanwhile is said.

    Where `is_once`, a request that has the same step with the same note already is left.
    """
    with context.casebook() as book:
        for number in requests:
            try:
                made = SubjectRequests(book).one(number)
                if not is_once or (step, note) not in {(each.step, each.note) for each in made.steps}:
                    SubjectRequests(book).record(number, step, note=note, by=by, at=context.now())
            except RequestError as refused:
                typer.echo(f"It is done, and not recorded on request {number}: {refused.sentence}")


@dataclass(slots=True)
class LoggedAnswer:
    """How many rows answered a question that was logged."""

    rows: int = 1


@contextmanager
def logged(book: Casebook, context: Context, asked: str, *, purpose: str, otherwise: str) -> Iterator[LoggedAnswer]:
    """Log who asks what and why before anything is read, and how it ended; `otherwise` says what a failure means."""
    number = book.log_query(by_user=os_user(), purpose=purpose, sql=asked, at=context.now())
    answer = LoggedAnswer()
    try:
        yield answer
    except Exception as error:
        book.close_query(number, rows=None, problem=f"{otherwise} ({type(error).__name__}).")
        raise
    book.close_query(number, rows=answer.rows, problem=None)


def ensure_own(book: Casebook, published: Path, key: str) -> None:
    """Raise ConfigurationError unless this is the casebook that the run saw which made the published copy."""
    if not published.exists():
        return  # nothing was published yet, so there is nothing to answer
    with opened(published, key, read_only=True) as copy:
        if is_of_the_copy(book, copy):
            return
    raise ConfigurationError(
        "CASEBOOK_URL names another casebook than the last run used, so nothing would be written down where it "
        f"belongs. Set it as the run has it; or, where the casebook is a new one for good: audit run {book.school}"
    )
