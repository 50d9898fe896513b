"""`audit policies list|show|check`: the packs, read and made by people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.policy import known_checks
from flows.home.terminal import say
from policies.coverage import compare
from policies.documents import read_document
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
    if source is None and pack.made_from and (file.parent / pack.made_from).is_file():
        source = file.parent / pack.made_from
    if source is not None:
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
