"""`audit ask`: the Data Protection Officer's questions to the published copy, each with its purpose, each logged."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from dashboards.ask.asking import Asker, QuestionDesk
from dashboards.ask.named import named_question, named_questions
from dashboards.ask.process import AskedQuestion
from dashboards.ask.reasons import checked_purpose, ensure_names_nobody, whom_of
from dashboards.ask.render import FILE_FORMS, FORMS, Form
from flows.home.arguments import School
from flows.home.context import open_context
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, from_environment
from flows.home.workspace import read_copy
from flows.privacy.own_casebook import own_casebook
from flows.registers.register_files import names_of, registers_as_they_lie
from warehouse.store.private_files import write_new_file


def ask(
    ctx: typer.Context,
    school_id: School,
    sql: Annotated[str | None, typer.Argument(help="One SELECT over the schemas `published` and `casebook`.")] = None,
    *,
    purpose: Annotated[str, typer.Option(help="Why you ask, in words; it is logged.")] = "",
    named: Annotated[str | None, typer.Option(help="A question that is kept ready; its own options follow.")] = None,
    lists: Annotated[bool, typer.Option("--list", help="Show the questions that are kept ready.")] = False,
    form: Annotated[
        str | None, typer.Option("--format", help="table, csv, json, parquet or xlsx; of a file its ending.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; without it, to the screen.")] = None,
) -> None:
    """Ask the published copy one question, read only; who asked, why and what is logged."""
    if lists:
        _list_questions(school_id)
        return
    question = _question(sql, named, ctx.args, _form(form, out))
    said = checked_purpose(purpose)
    if out is not None and out.exists():
        raise ConfigurationError("There is a file of the name after --out already; nothing was asked. Choose another.")
    with read_copy(from_environment(may_be_stored=True), school_id) as local:
        context = open_context(local, school_id, None)
        ensure_names_nobody(said, ids=whom_of(question.parameters), everybody=names_of(registers_as_they_lie(context)))
        with own_casebook(context) as book:
            desk = QuestionDesk(book, context.places.published, context.key, context.now)
            answered = desk.ask(question, purpose=purpose, asker=Asker(os_user()))
    if out is None:
        sys.stdout.flush()
        typer.echo(answered.body, nl=False)
        return
    write_new_file(out, answered.body)
    typer.echo(f"{answered.rows:,} {'row' if answered.rows == 1 else 'rows'} in {out}, for your eyes only.")


def _form(form: str | None, out: Path | None) -> Form:
    """Return the form of the answer, as --format or a file's ending says, a table where neither does."""
    if form is not None and form not in FORMS:
        raise ConfigurationError(f"--format takes one of {', '.join(FORMS)}.")
    ending = "" if out is None else out.suffix.lower().removeprefix(".")
    if ending in FILE_FORMS:
        if form not in {None, ending}:
            raise ConfigurationError(f"--format {form} and a file that ends in .{ending} differ. Say one of them.")
        return cast("Form", ending)
    if out is not None and form is None:
        raise ConfigurationError(f"Say with --format, or by the file's ending, which it is: {', '.join(FORMS)}.")
    return cast("Form", form or "table")


def _list_questions(school_id: str) -> None:
    for question in named_questions():
        options = " ".join(
            f"{taken.option} {taken.kind.upper()}" if taken.is_needed else f"[{taken.option} {taken.kind.upper()}]"
            for taken in question.takes
        )
        typer.echo(f"{question.title}\n  {question.notes}")
        typer.echo(f"  audit ask {school_id} --named {question.name} {options}".rstrip() + ' --purpose "…"\n')


def _question(sql: str | None, named: str | None, values: Sequence[str], form: Form) -> AskedQuestion:
    if named is None:
        if sql is None:
            raise ConfigurationError("Ask with one SELECT in quotes, or with --named and a name of audit ask --list.")
        if values:
            raise ConfigurationError("Ask one question in quotes; a value of its own is for --named alone.")
        return AskedQuestion(sql, form)
    question = named_question(named)
    words = [word for word in (sql, *values) if word is not None]
    return AskedQuestion(question.sql, form, question.bound(_values(words)))


def _values(words: Sequence[str]) -> dict[str, str]:
    """Return the values of `--name value` and `--name=value`; ConfigurationError without repeating any."""
    given: dict[str, str] = {}
    left = list(words)
    while left:
        name, is_joined, value = left.pop(0).partition("=")
        if not name.startswith("--") or (not is_joined and (not left or left[0].startswith("--"))):
            raise ConfigurationError("Give each value after its option, such as --since 2026-09-01.")
        given[name.removeprefix("--")] = value if is_joined else left.pop(0)
    return given
