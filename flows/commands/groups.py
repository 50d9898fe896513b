"""The commands of the groups `audit policies`, `audit registers` and `audit new`, each a few lines that call one."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import AsJson, School


def snapshot(
    school: School,
    *,
    out: Annotated[Path, typer.Option(help="A new file whose name ends in .duckdb.")],
    purpose: Annotated[str, typer.Option(help="What it is for; it is logged, and stands in the snapshot.")],
    key_file: Annotated[Path | None, typer.Option(help="A new file for its key; without it, shown once.")] = None,
) -> None:
    """Hand over an encrypted copy of what is published, without pictures, with the day by which it must be deleted."""
    from flows.commands import snapshot as snapshot_command

    snapshot_command.snapshot(school, out=out, purpose=purpose, key_file=key_file)


policies = typer.Typer(help="Policies as packs of clauses: those that ship, and your own.", no_args_is_help=True)
new = typer.Typer(help="Skeletons to fill in, written into the program's own source.", no_args_is_help=True)
registers = typer.Typer(help="The school's registers beside their own history.", no_args_is_help=True)


@registers.command("list")
def registers_list(school: School, *, as_json: AsJson = False) -> None:
    """Show how a run would find each register as its file lies there now: whole, partial or unread."""
    from flows.commands import registers as registers_command

    registers_command.list_registers(school, as_json=as_json)


@registers.command("accept")
def registers_accept(
    school: School,
    register: Annotated[str, typer.Argument(help="The register, such as pupils.")],
    *,
    by: Annotated[str, typer.Option(help="The role that says so, such as headteacher.")],
    note: Annotated[str, typer.Option(help="Why the change is right, such as a new school year; name no child.")],
) -> None:
    """Write down that a register which came short is right as it is now; the next run reads it as whole."""
    from flows.commands import registers as registers_command

    registers_command.accept(school, register, by=by, note=note)


@policies.command("list")
def policies_list() -> None:
    """List the packs."""
    from flows.commands import policies as policies_command

    policies_command.list_packs()


@policies.command("show")
def policies_show(pack: Annotated[str, typer.Argument(help="A pack's id, or a .toml file.")]) -> None:
    """Show a pack, clause by clause."""
    from flows.commands import policies as policies_command

    policies_command.show(pack)


@policies.command("check")
def policies_check(file: Annotated[Path, typer.Argument(help="A pack of your own, in TOML.")]) -> int:
    """Check a pack of your own, and name every mistake with its line."""
    from flows.commands import policies as policies_command

    return policies_command.check(file)


@policies.command("coverage")
def policies_coverage(
    school: Annotated[str, typer.Argument(help="A school's id, or a pack's.")], *, as_json: AsJson = False
) -> None:
    """Show how each clause of a school's policy stands: checked, attested, to be attested, unobserved or red."""
    from flows.commands import policy_coverage as policy_coverage_command

    policy_coverage_command.coverage(school, as_json=as_json)


@policies.command("draft")
def policies_draft(
    file: Annotated[Path, typer.Argument(help="Your own policy: .txt, .md, .docx or .pdf.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where the pack goes; never overwritten.")] = None,
) -> None:
    """Make a pack to fill in from your own policy, a numbered clause for each sentence that obliges somebody."""
    from flows.commands import policies as policies_command

    policies_command.draft(file, out=out)


@new.callback()
def _new() -> None:
    pass


@new.command("check")
def new_check(
    check_id: Annotated[str, typer.Argument(help="What it finds, such as staff_repost.", metavar="NAME")],
    *,
    area: Annotated[str, typer.Option(help="What it looks at: accounts, comments, followers or posts.")] = "posts",
) -> None:
    """Make the files of a check to fill in, with its canary and its test, and the line for a pack."""
    from flows.commands import new as new_command

    new_command.new_check(check_id, area=area, source=Path())
