"""`audit policies`: the packs, read by people."""

from collections import Counter
from pathlib import Path

import typer

from flows.context import open_school
from flows.settings import from_environment
from policies.model import Clause, known_packs, load_pack, read_pack


def list_packs() -> None:
    """Print the id, title and edition of each pack that ships."""
    for name in known_packs():
        pack = load_pack(name)
        typer.echo(f"{name:24} {pack.title}, edition {pack.edition}, {len(pack.clause)} clauses")


def show(name: str) -> None:
    """Print a pack clause by clause."""
    pack = load_pack(name)
    typer.echo(f"{pack.title}, edition {pack.edition}; adopted {pack.adopted_on}, review by {pack.review_by}")
    for clause in pack.clause:
        typer.echo(f"\n{clause.ref}  [{clause.binds} {clause.force}]\n  {clause.says}\n  {how(clause)}")


def check(file: Path) -> None:
    """Print that a pack is sound, or fail with every mistake."""
    pack = read_pack(file)
    typer.echo(f"{file.name} is sound: {len(pack.clause)} clauses.")


def coverage(school_id: str) -> None:
    """Print each clause of the school's pack with how it is kept, and the totals."""
    _, school, pack = open_school(from_environment(), school_id)
    typer.echo(f"{school.school.name}: {pack.title}, edition {pack.edition}")
    for clause in pack.clause:
        typer.echo(f"{clause.ref:16} {clause.state:11} {how(clause)}")
    totals = Counter(clause.state for clause in pack.clause)
    typer.echo(
        ", ".join(f"{count} {state}" for state, count in sorted(totals.items())) + f"; {len(pack.clause)} in all"
    )


def how(clause: Clause) -> str:
    """Say in a line how a clause is kept."""
    if clause.checks:
        return "checked by " + ", ".join(f"{q.check} ({q.severity})" for q in clause.checks)
    if clause.attest:
        return f"attested by the {clause.attest.role.replace('_', ' ')} every {clause.attest.every_days} days"
    return f"unobserved: {clause.unobserved}"
