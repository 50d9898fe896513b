"""`audit words unread` and `harmless`: what a person should read, and that a person has read it and it is nothing."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from dashboards.queries import query, rows
from dashboards.report.model import TextToRead
from dashboards.report.week_summary import texts_sentence, to_read
from dashboards.report.words import count
from flows.desk.decide import decide_cases
from flows.home.arguments import AsJson, School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.registers.reasons import ensure_role, reason_of, ref_of, signed_in_as
from policies.decisions import last_day
from warehouse.casebook.case_facts import Wish
from warehouse.exceptions.published_cases import in_newest_run


def unread(school_id: School, *, as_json: AsJson = False) -> None:
    """List the texts of a school that a person should read: by link and what each may be, the surest first."""
    texts = _of_newest_run(open_context(from_environment(), school_id, None))
    if as_json:
        typer.echo(json.dumps([_as_object(text) for text in texts], indent=2))
        return
    for check in to_read(texts):
        of_check = [*check.at_once, *check.folded]
        typer.echo(f"{texts_sentence(of_check)}; a person should read {'it' if len(of_check) == 1 else 'them'}:")
        for text in of_check:
            posted_on = text.posted_on.isoformat() if text.posted_on else ""
            typer.echo(f"  {text.fingerprint[:8]}  {posted_on:10}  {_where(text)}")
    if texts:
        typer.echo(f"Then run: audit words harmless {school_id} REF, or audit decide {school_id} REF confirmed.")
    else:
        typer.echo("No text waits for a person to read it.")


def harmless(
    school_id: School,
    refs: Annotated[list[str] | None, typer.Argument(help="The refs of the texts, as the report shows them.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every text that waits; read each first.")] = False,
    by: Annotated[str, typer.Option(help="The role that read them, such as dsl.")],
    note: Annotated[str, typer.Option(help="What it rests on; name no child.")],
) -> None:
    """Record that a person has read these texts and that they are harmless."""
    if every == bool(refs):
        raise ConfigurationError("Name the refs of the texts that were read, or say --all.")
    ensure_role(by)
    context = open_context(from_environment(), school_id, None)
    said = reason_of(context, note, option="note", what="what the decision rests on")
    waiting = _of_newest_run(context)
    texts = waiting if every else [_with_ref(waiting, ref, school_id) for ref in refs or ()]
    with context.published() as copy:
        found = [case for text in texts for case in in_newest_run(copy, text.fingerprint, on=context.today())]
    with context.casebook() as book:
        who = signed_in_as(book, context.key, by, "decide", context.now())
        decided = decide_cases(context, book, found, Wish("mistaken"), who=who, note=said)
    until = decided[0].until if decided else last_day("mistaken", None, context.today())
    typer.echo(f"{count(len(texts), 'text')} read and harmless, until {until}. The next run heeds it.")


def _with_ref(waiting: Sequence[TextToRead], ref: str, school_id: str) -> TextToRead:
    ref = ref_of(ref)
    matches = [text for text in waiting if text.fingerprint.startswith(ref)]
    if len(matches) != 1:
        raise ConfigurationError(
            f"{len(matches)} texts that wait begin with {ref!r}; see audit words unread {school_id}."
        )
    return matches[0]


def _of_newest_run(context: Context) -> tuple[TextToRead, ...]:
    with context.published() as copy:
        [run_id, *_] = [*(run_id for (run_id,) in copy.execute(query("run_ids")).fetchall()), ""]
        return rows(copy, "unread_texts", TextToRead, run_id=run_id, concerns=None)


def _where(text: TextToRead) -> str:
    return f"{text.family.replace('_', ' ')}  {text.link or text.platform}"


def _as_object(text: TextToRead) -> dict[str, str | float | None]:
    return {
        "ref": text.fingerprint[:8],
        "check": text.check_id,
        "platform": text.platform,
        "link": text.link,
        "posted_on": text.posted_on.isoformat() if text.posted_on else None,
        "family": text.family,
        "score": round(text.score, 4),
    }
