"""`audit policies list|show|check|draft`: the packs, read and made by people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.policy import known_checks
from flows.home.settings import ConfigurationError
from flows.home.terminal import say
from policies.coverage import listed
from policies.documents import read_document
from policies.draft import skeleton
from policies.mistakes import mistakes_in
from policies.model import Clause, Pack, PackError, known_packs, load_pack, parse_pack, read_pack
from policies.question import Question
from policies.roles import tell, title_of
from policies.toml_text import read_text


def list_packs() -> None:
    """List the policy packs that ship: id, title and edition."""
    for name in known_packs():
        pack = load_pack(name)
        typer.echo(f"{name:24} {pack.title}, edition {pack.edition}, {len(pack.clause)} clauses")


def show(name: Annotated[str, typer.Argument(metavar="PACK", help="A pack's id, or a .toml file.")]) -> None:
    """Show a pack, clause by clause."""
    pack = read_pack(Path(name)) if name.endswith(".toml") else load_pack(name)
    for line in heading(pack):
        say(line)
    for clause in pack.clause:
        typer.echo("")
        say(f"{clause.ref}  [{clause.binds} {clause.force}]  {clause.id}")
        told = (tell(each.role, each.within_days, each.when) for each in clause.tell)
        for line in (clause.says, *how(clause), *told):
            say(line, indent=2)


def heading(pack: Pack) -> Iterator[str]:
    """Say what a pack is made from, and when that was adopted and is due for review."""
    yield f"{pack.title}, edition {pack.edition}"
    adopted = f"adopted {pack.adopted_on}" if pack.adopted_on else "no day of adoption"
    yield f"{adopted}, {f'review by {pack.review_by}' if pack.review_by else 'no day of review'}"


def how(clause: Clause) -> Iterator[str]:
    """Say how a clause is kept, a sentence a line."""
    if clause.besides:
        yield f"not in the policy: {clause.besides}"
    if clause.checks:
        yield "checked by " + ", ".join(f"{q.check} ({'; '.join(_weighed(q))})" for q in clause.checks)
        if clause.not_covered:
            yield f"not covered: {clause.not_covered}"
    if clause.attest:
        asked = clause.attest
        yield f"attested by the {title_of(asked.role)} every {asked.every_days} days: {asked.evidence}"
        if asked.ended_by:
            yield f"ended early by {', '.join(ending.check for ending in asked.endings)}"
    if clause.unobserved:
        yield f"unobserved: {clause.unobserved}"


def _weighed(question: Question) -> Iterator[str]:
    """Say how severe what it finds is, and whose task it is, and how soon, where that is other than the check says."""
    yield question.severity
    if question.owner_role:
        yield f"for the {title_of(question.owner_role)}"
    if question.days_to_act is not None:
        yield f"days to act: {question.days_to_act}"


def check(file: Annotated[Path, typer.Argument(help="A pack of your own, in TOML.")]) -> int:
    """Check a pack of your own, and name every mistake with its line."""
    text = read_text(file, PackError)
    mistakes = mistakes_in(text, known_checks())
    for mistake in mistakes:
        typer.echo(f"{file.name}:{mistake.line}: {mistake.says}")
    if mistakes:
        typer.echo(f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'} in {file.name}.", err=True)
        return WRONG_USE
    typer.echo(f"{file.name} is sound: {len(parse_pack(text, where=file.name).clause)} clauses.")
    return DONE


def draft(
    file: Annotated[Path, typer.Argument(help="Your own policy: .txt, .md, .docx or .pdf.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where the pack goes; never overwritten.")] = None,
) -> None:
    """Draft a pack from your own policy: a numbered clause to fill in for each sentence that obliges somebody."""
    if out is not None and out.exists():
        raise ConfigurationError(f"{out} is there already and stays as it is. Choose another name with --out.")
    document = read_document(file)
    text = skeleton(document)
    if document.empty_pages:
        pages = listed(document.empty_pages)
        typer.echo(f"These pages of {file.name} hold no text and were not read: {pages}.", err=True)
    if out is None:
        typer.echo(text, nl=False)
    else:
        with out.open("x", encoding="utf-8") as made:
            made.write(text)
    _what_next(out)


def _what_next(out: Path | None) -> None:
    name = out or Path("own.toml")
    typer.echo(f"made  {out}" if out else "To keep it, give it a file with --out own.toml", err=True)
    typer.echo("Now say in your own words what each clause asks, and choose how it is met.", err=True)
    typer.echo(f"To see what is still to fill in: audit policies check {name}", err=True)
    typer.echo(f'Then put it into the school\'s folder, and into its school.toml: pack = "{name.name}"', err=True)
