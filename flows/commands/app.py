"""The program's commands, each a few lines that call one function.

A command imports its module when it runs, so that help, and every other command, start without what it needs.
"""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import (
    backup_group,
    data_subjects,
    desk_group,
    engines,
    erase_group,
    fleet_group,
    groups,
    login_group,
    questions,
    retention_group,
    store_group,
    unattended,
)
from flows.commands.arguments import AsJson, Day, LookUpFollowers, Online, School
from flows.commands.exit_codes import ended
from flows.settings import keep_private, quiet

app = typer.Typer(
    name="audit",
    help="Audits a school's official X and YouTube accounts against the school's own written policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _every_command(
    *, debug: Annotated[bool, typer.Option("--debug", help="Log everything, and show tracebacks.")] = False
) -> None:
    keep_private()
    level = logging.DEBUG if debug else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", force=True)


@app.command()
def demo(
    *,
    out: Annotated[Path, typer.Option(help="Where the demo's school and reports go.")] = Path("demo-report"),
    open_report: Annotated[bool, typer.Option("--open/--no-open", help="Open the report at the end.")] = True,
) -> int:
    """Show the whole job on an invented school: five weeks, two simulated platforms, one report a week."""
    from flows.commands.demo import show_demo

    return show_demo(out, open_report=open_report and sys.stdout.isatty())


@app.command()
def init(school: School, *, pack: Annotated[str, typer.Option(help="The policy pack.")] = "corbets-tey-2022") -> None:
    """Make a school's folder: school.toml, registers with their headers, and a key. Never overwrites."""
    from flows.commands import init as init_command

    init_command.init(school, pack=pack)


@app.command()
def doctor(school: School, *, online: Online = False, as_json: AsJson = False) -> int:
    """Look at each credential, register, pack, key and the last run: ok, or wrong and what to do."""
    from flows.commands import doctor as doctor_command

    return doctor_command.doctor(school, online=online, as_json=as_json)


@app.command()
def run(
    school: School,
    *,
    as_of: Day = None,
    source: Annotated[list[str] | None, typer.Option(help="x=archive:FILE.zip reads an archive instead.")] = None,
    only: Annotated[str | None, typer.Option(help="Only these platforms: x,youtube")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a pull would cost, and stop.")] = False,
    look_up_followers: LookUpFollowers = False,
    fail_on: Annotated[str, typer.Option(help="critical, high, medium, low or never.")] = "never",
    as_json: AsJson = False,
) -> int:
    """Audit a school as of one day: pull, judge, publish."""
    from flows.commands import run as run_command

    options = run_command.RunOptions(
        as_of=as_of.date() if as_of else None,
        sources=tuple(source or ()),
        only=only,
        is_dry=dry_run,
        fail_on=run_command.severity(fail_on),
        is_json=as_json,
        looks_up=look_up_followers,
    )
    return run_command.run(school, options)


@app.command()
def report(
    school: School,
    *,
    run_id: Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")] = None,
    tier: Annotated[str, typer.Option(help="governors, headteacher, lead, dsl or dpo.")] = "lead",
    formats: Annotated[str, typer.Option("--format", help="html,csv,xlsx,json")] = "html,csv,xlsx,json",
    out: Annotated[Path | None, typer.Option(help="A folder that gets a copy; for a home in an object store.")] = None,
) -> None:
    """Write a run's report again, from the published copy."""
    from flows.commands import report as report_command

    report_command.report(school, run_id=run_id, tier=tier, formats=tuple(formats.split(",")), out=out)


@app.command()
def attest(
    school: School,
    clause: Annotated[str, typer.Argument(help="The clause's id, as `audit policies coverage` shows it.")],
    *,
    by: Annotated[str, typer.Option(help="The role that attests it, such as headteacher.")],
    evidence: Annotated[str, typer.Option(help="What it rests on, in the school's own words; name no child.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it stands.")],
) -> None:
    """Write down that a person answers for a clause that no machine can see."""
    from flows.commands import attest as attest_command

    attest_command.attest(school, clause, by=by, evidence=evidence, until=until.date())


@app.command()
def decide(
    school: School,
    ref: Annotated[str, typer.Argument(help="The exception's ref, as the report shows it.")],
    verdict: Annotated[str, typer.Argument(help="confirmed, mistaken or allowed.")],
    *,
    by: Annotated[str, typer.Option(help="The role that decides, such as enterprise_and_technology_lead.")],
    note: Annotated[str, typer.Option(help="What it rests on; name no child.")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day it stands.")] = None,
) -> None:
    """Write down what a person made sure of about one exception; the next run heeds it."""
    from flows.commands import decide as decide_command

    decide_command.decide(school, ref, verdict, by=by, note=note, until=until.date() if until else None)


@app.command()
def letter(
    school: School,
    photograph_id: Annotated[str, typer.Argument(help="The photograph's id, as the photographs register has it.")],
    *,
    pupil: Annotated[str | None, typer.Option(help="The roll id of the pupil whose family it is for.")] = None,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; without it, to the screen.")] = None,
) -> None:
    """Draft a letter to a family about a photograph that may no longer be shown; nothing is sent, and it is logged."""
    from flows.commands.letters import letter as draft

    draft(school, photograph_id, pupil=pupil, out=out)


for add_to in (backup_group, retention_group, data_subjects, erase_group):
    add_to.add_to(app)
for command in (groups.snapshot, questions.verify, unattended.notify, desk_group.review, engines.match):
    app.command()(command)
app.command(context_settings=questions.OPEN_ENDED)(questions.ask)
for name, group in {
    "policies": groups.policies,
    "registers": groups.registers,
    "new": groups.new,
    "schedule": unattended.schedule,
    "group": fleet_group.group,
    "store": store_group.store,
    "desk": desk_group.desk,
    "login": login_group.login,
    "identity": engines.identity,
}.items():
    app.add_typer(group, name=name)
app.add_typer(engines.words, name="words", invoke_without_command=True)
app.add_typer(engines.pictures, name="pictures", invoke_without_command=True)


def main() -> None:
    """Run the program and leave with its exit code."""
    quiet()
    is_debug = "--debug" in sys.argv
    sys.exit(ended(lambda: app(standalone_mode=False), is_debug=is_debug))
