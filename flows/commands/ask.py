"""`audit ask`: the Data Protection Officer's questions to the published copy, each with its purpose, each logged."""

import getpass
import sys
from typing import cast, get_args

import typer

from dashboards.ask.answer import AskError, locked
from dashboards.ask.answer import ask as put_question
from dashboards.ask.render import Form, render
from flows.context import open_context
from flows.settings import ConfigurationError, from_environment
from warehouse.open import opened


def ask(school_id: str, sql: str, *, purpose: str, form: str) -> None:
    """Log the question, answer it read only from the published copy, and log how it went."""
    if len(purpose.strip()) < 5:
        raise ConfigurationError("Say in a few words why you ask, with --purpose; it is kept with the question.")
    if form not in get_args(Form):
        raise ConfigurationError(f"--format takes one of {', '.join(get_args(Form))}.")
    context = open_context(from_environment(), school_id, None)
    with context.casebook() as book, opened(context.places.published, context.key, read_only=True) as db:
        number = book.log_query(by_user=getpass.getuser(), purpose=purpose.strip(), sql=sql, at=context.now())
        try:
            locked(db)
            frame = put_question(db, sql)
        except AskError as error:
            book.close_query(number, rows=None, problem=str(error))
            raise
        book.close_query(number, rows=frame.height, problem=None)
    sys.stdout.flush()
    typer.echo(render(frame, cast("Form", form)), nl=False)
