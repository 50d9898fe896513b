"""`audit policies list|show|check|draft|accept`: the packs, read and made by people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.policy import known_checks, watching_checks
from flows.home.settings import ConfigurationError
from flows.home.terminal import say
from policies.coverage import compare, listed
from policies.documents import read_document
from policies.drafting.accepting import accepted
from policies.drafting.skeleton import skeleton
from policies.guesses import is_welsh
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
    if clause.proposed:
        yield f"not mapped yet; proposed: {clause.proposed.why or 'nothing'}"
    if clause.unobserved:
        yield f"unobserved: {clause.unobserved}"


def _weighed(question: Question) -> Iterator[str]:
    """Say how severe what it finds is, and whose task it is, and how soon, where that is other than the check says."""
    yield question.severity
    if question.owner_role:
        yield f"for the {title_of(question.owner_role)}"
    if question.days_to_act is not None:
        yield f"days to act: {question.days_to_act}"


def check(
    file: Annotated[Path, typer.Argument(help="A pack of your own, in TOML.")],
    *,
    source: Annotated[Path | None, typer.Option(help="The policy's own text; else the file it was made from.")] = None,
) -> int:
    """Check a pack of your own: every mistake with its line, and the sentences of its policy that no clause knows."""
    text = read_text(file, PackError)
    mistakes = mistakes_in(text, known_checks())
    for mistake in mistakes:
        typer.echo(f"{file.name}:{mistake.line}: {mistake.says}")
    if mistakes:
        typer.echo(f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'} in {file.name}.", err=True)
        return WRONG_USE
    pack = parse_pack(text, where=file.name)
    source = source or (file.parent / pack.made_from if pack.made_from else None)
    if source and (source.is_file() or source != file.parent / str(pack.made_from)):
        comparison = compare(pack, read_document(source))
        said = [*comparison.remarks(), *(f"Clause {one}: {comparison.why_stale()}" for one in sorted(comparison.stale))]
        for remark in said:
            typer.echo(remark)
        if comparison.unmapped or comparison.stale:
            typer.echo(f"{file.name} is not whole: map what is named above, or draft it again.", err=True)
            return WRONG_USE
    waiting = sum(clause.state == "not_mapped" for clause in pack.clause)
    more = f" {waiting} of them are not mapped yet: none of these counts as kept." if waiting else ""
    typer.echo(f"{file.name} is sound: {len(pack.clause)} clauses.{more}")
    return DONE


def accept(
    file: Annotated[Path, typer.Argument(help="A draft of your own, in TOML.")],
    clauses: Annotated[list[str] | None, typer.Argument(help="The ids of clauses, as in: 4 7 12", metavar="ID")] = None,
    *,
    sure: Annotated[bool, typer.Option("--sure", help="Accept all that are sure.")] = False,
) -> int:
    """Accept what a draft proposes, for some clauses or for all that are sure; the file is written again."""
    if not clauses and not sure:
        raise ConfigurationError(
            "Say which: the ids of clauses, as in `audit policies accept own.toml 4 7`, or --sure."
        )
    made = accepted(read_text(file, PackError), file.name, only=clauses or (), is_sure=sure)
    if mistakes := mistakes_in(made.text, known_checks()):
        raise PackError(f"{file.name}, line {mistakes[0].line}: {mistakes[0].says} Nothing was accepted.")
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(made.text, encoding="utf-8")
    beside.replace(file)
    named = f": {', '.join(made.ids)}" if made.ids else ""
    typer.echo(f"Accepted {len(made.ids)}{named}. {made.not_mapped} are not mapped yet.")
    return DONE


def draft(
    file: Annotated[Path, typer.Argument(help="Your own policy: .txt, .md, .docx, .pdf, .odt or .html.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where the pack goes; never overwritten.")] = None,
) -> None:
    """Draft a pack from your own policy: a clause for each sentence that obliges somebody, with what is proposed."""
    if out is not None and out.exists():
        raise ConfigurationError(f"{out} is there already and stays as it is. Choose another name with --out.")
    document = read_document(file)
    text = skeleton(document, watching_checks())
    if is_welsh(document.text):
        typer.echo(
            "Of Welsh only the commonest words of duty are known: read what is in background yourself.", err=True
        )
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
    typer.echo(f"To accept all that is proposed and sure: audit policies accept {name} --sure", err=True)
    typer.echo(
        "Then read the others, and accept each by its id or map it by hand: until then it is not kept.", err=True
    )
    typer.echo(f"To see what is wrong or left out: audit policies check {name}", err=True)
    typer.echo(f'Then put it into the school\'s folder, and into its school.toml: pack = "{name.name}"', err=True)
