"""The program's commands, each a few lines that call one function."""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import asking, doctoring, policing, running, starting
from flows.cli.ending import ended
from flows.settings import quiet

app = typer.Typer(
    name="audit",
    help="Audits a school's official X and YouTube accounts against the school's own written policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
policies = typer.Typer(help="The policy packs that ship with the program.", no_args_is_help=True)
app.add_typer(policies, name="policies")

School = Annotated[str, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the run.")]


@app.callback()
def _every_command(
    *, debug: Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")] = False
) -> None:
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", force=True)


@app.command()
def demo(
    *,
    out: Annotated[Path, typer.Option(help="Where the demo's school and reports go.")] = Path("demo-report"),
    open_report: Annotated[bool, typer.Option("--open/--no-open", help="Open the report at the end.")] = True,
) -> int:
    """Show the whole job on an invented school: three weeks, two simulated platforms, one report a week."""
    from flows.cli.showing import show_demo  # noqa: PLC0415 - nobody else should wait for the demo's imports

    return show_demo(out, open_report=open_report and sys.stdout.isatty())


@app.command()
def init(school: School, *, pack: Annotated[str, typer.Option(help="The policy pack.")] = "corbets-tey-2022") -> None:
    """Make a school's folder: school.toml, registers with their headers, and a key. Never overwrites."""
    starting.init(school, pack=pack)


@app.command()
def doctor(school: School, *, as_json: AsJson = False) -> int:
    """Look at each credential, register, pack, key and the last run: ok, or wrong and what to do."""
    return doctoring.doctor(school, as_json=as_json)


@app.command()
def run(
    school: School,
    *,
    as_of: Day = None,
    source: Annotated[list[str] | None, typer.Option(help="x=archive:FILE.zip reads an archive instead.")] = None,
    only: Annotated[str | None, typer.Option(help="Only these platforms: x,youtube")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a pull would cost, and stop.")] = False,
    fail_on: Annotated[str, typer.Option(help="critical, high, medium, low or never.")] = "never",
    as_json: AsJson = False,
) -> int:
    """Audit a school as of one day: pull, judge, publish."""
    wish = running.Wish(
        as_of.date() if as_of else None, tuple(source or ()), only, dry_run, running.severity(fail_on), as_json
    )
    return running.run(school, wish)


@app.command()
def report(
    school: School,
    *,
    run_id: Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")] = None,
    tier: Annotated[str, typer.Option(help="governors, headteacher, lead, dsl or dpo.")] = "lead",
    formats: Annotated[str, typer.Option("--format", help="html,csv,json")] = "html,csv,json",
) -> None:
    """Write a run's report again, from the published copy."""
    running.report(school, run_id=run_id, tier=tier, formats=tuple(formats.split(",")))


@app.command()
def ask(
    school: School,
    sql: Annotated[str, typer.Argument(help="One SELECT over the schema `published`.")],
    *,
    purpose: Annotated[str, typer.Option(help="Why you ask; it is logged.")],
    form: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
) -> None:
    """Ask the published copy one question, read only; who asked, why and what is logged."""
    asking.ask(school, sql, purpose=purpose, form=form)


@policies.command("list")
def policies_list() -> None:
    """List the packs."""
    policing.list_packs()


@policies.command("show")
def policies_show(pack: str) -> None:
    """Show a pack, clause by clause."""
    policing.show(pack)


@policies.command("check")
def policies_check(file: Path) -> None:
    """Check a pack of your own, and name every mistake."""
    policing.check(file)


@policies.command("coverage")
def policies_coverage(school: School) -> None:
    """Show how each clause of a school's policy is kept: checked, attested or unobserved."""
    policing.coverage(school)


def main() -> None:
    """Run the program and leave with its exit code."""
    quiet()
    is_debug = "--debug" in sys.argv
    sys.exit(ended(lambda: app(standalone_mode=False), is_debug=is_debug))
