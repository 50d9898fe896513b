"""`audit demo`: six weeks of an invented school, compared with the truth file that says what each must find."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from checks.model import fingerprint
from connectors.source import Endpoints
from demo.town import WEEKS, DemoWeek, Town, truth, write_home, write_registers
from flows.desk.decide import decide_cases
from flows.home.context import Context, open_context
from flows.home.exit_codes import DONE, INTERNAL
from flows.home.init import make_key
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.weekly.run import Audited, sequence
from policies.attestations import Attested, wording_of
from policies.roles import DoneBy
from warehouse.casebook.case_facts import Wish
from warehouse.exceptions.published_cases import in_newest_run
from warehouse.store.places import Places

MARK = ".made-by-audit-demo"
SCHOOL = "ousterly-vale"
WIDTH = 118
_JOINED = "\N{NO-BREAK SPACE}"  # keeps a check and its count on one line


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Where the demo's school and reports go.")] = Path("demo-report"),
    open_report: Annotated[bool, typer.Option("--open/--no-open", help="Open the report at the end.")] = True,
) -> int:
    """Run the whole audit on an invented school: six weeks, two simulated platforms, one report a week."""
    home = fresh_folder(out)
    typer.echo("An invented school, two simulated platforms on this machine, and nothing beyond it.\n")
    with Town() as town:
        write_home(home)
        settings = demo_settings(town, home)
        make_key(settings, Places(home, SCHOOL))
        results = [show_week(town, settings, week) for week in WEEKS]
    report = Places(home, SCHOOL).reports(WEEKS[-1].as_of.isoformat()) / "index.html"
    typer.echo(f"\nLook here first; it begins with what to do now. The last week as the Lead gets it: {report}")
    if open_report and sys.stdout.isatty():
        typer.launch(str(report))
    return DONE if all(results) else INTERNAL


def fresh_folder(out: Path) -> Path:
    """Return an empty folder, having removed an earlier demo; ConfigurationError if it holds anything else."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists():
            raise ConfigurationError(f"{out} is not empty and no earlier demo made it. Choose another with --out.")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()
    return out


def demo_settings(town: Town, home: Path) -> Settings:
    """Return settings that reach the simulated platforms and nothing else, and whose clock is the town's."""
    servers = town.servers
    endpoints = Endpoints(x=servers.x_url, youtube=servers.youtube_url, media=servers.media_url)
    return replace(from_environment({"AUDIT_HOME": str(home)}), endpoints=endpoints, clock=town.clock)


def show_week(town: Town, settings: Settings, week: DemoWeek) -> bool:
    """Audit one week, print what it found, and say whether the truth file agrees."""
    town.turn_to(week)
    places = Places(settings.home, SCHOOL)
    write_registers(places.folder, week)
    context = open_context(settings, SCHOOL, week.as_of)
    _attest(context, week)
    audited = sequence(context)
    _decide(context, week)
    with context.published() as copy:
        difference = against_truth(copy, week)
        listed = copy.execute(_LISTED, [week.as_of.isoformat()]).fetchall()
    _say_week(week, audited, [f"{check} {count}" for check, count in listed])
    typer.echo("  just what the truth file says" if not difference else "  NOT what the truth file says:")
    for line in difference:
        typer.echo(f"    {line}")
    return not difference


def _attest(context: Context, week: DemoWeek) -> None:
    """Have the invented school's people say what the week's truth has them say."""
    clauses = {clause.id: clause for clause in context.pack.clause}
    with context.casebook() as book:
        for told in truth()["attestation"]:
            if told["on"] == week.as_of:
                wording = wording_of(clauses[told["clause"]])
                said = (told["by"], told["evidence"], told["until"])
                book.attest(Attested(told["clause"], wording, *said, week.looked_at))


def _decide(context: Context, week: DemoWeek) -> None:
    """Have the invented school's people decide what the truth has them decide, having read the week's report."""
    for told in (told for told in truth()["decision"] if told["on"] == week.as_of):
        wish = Wish(told["answer"], told.get("until"))
        with context.casebook() as book, context.published() as copy:
            found = [in_newest_run(copy, fingerprint(*case), on=week.as_of) for case in told["cases"]]
            who = DoneBy(told["by"], user=os_user())
            decide_cases(context, book, list(chain.from_iterable(found)), wish, who=who, note=told["note"])


def against_truth(copy: duckdb.DuckDBPyConnection, week: DemoWeek) -> list[str]:
    """Return what was missed and what was found beyond the truth file, a line each; nothing if they agree."""
    expected = {_expected(row) for told in _truth_of(week) for row in told["exception"]}
    actual = {
        tuple(str(value).removeprefix("@") for value in row)
        for row in copy.execute(_FOUND, [week.as_of.isoformat()]).fetchall()
    }
    missed = [f"missed: {' '.join(row)}" for row in sorted(expected - actual)]
    beyond = [f"not in the truth file: {' '.join(row)}" for row in sorted(actual - expected)]
    return [*missed, *beyond, *_told_too_much(copy, week)]


def _told_too_much(copy: duckdb.DuckDBPyConnection, week: DemoWeek) -> list[str]:
    """Return a line for each check that gave a verdict where the truth file says that it could not tell."""
    asked = [check for told in _truth_of(week) for check in told.get("could_not_tell", [])]
    if not asked:
        return []
    verdicts = copy.execute(_TOLD, [week.as_of.isoformat(), asked]).fetchall()
    return [f"could not tell, and told: {check} {verdict}" for check, verdict in verdicts]


_FOUND = """
select check_id, platform, coalesce(account_handle, account_id), subject_id, status, first_seen
from published.exceptions
where run_id = ?
"""
_TOLD = """
select check_id, verdict
from published.coverage
where run_id = ? and list_contains(?, check_id) and verdict != 'could_not_tell'
order by check_id
"""
_LISTED = """
select check_id, count(*)
from published.exceptions
where run_id = ? and stands
group by check_id
order by count(*) desc, check_id
"""


def _truth_of(week: DemoWeek) -> list[Mapping[str, Any]]:
    return [each for each in truth()["week"] if each["as_of"] == week.as_of]


def _expected(row: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("check", "platform", "account", "subject", "status", "first_seen")
    return tuple(str(row[name]).removeprefix("@") for name in names)


def _say_week(week: DemoWeek, audited: Audited, listed: list[str]) -> None:
    counts = ", ".join(
        f"{count} {status.replace('_', ' ')}" for status, count in audited.outcomes.statuses.items() if count
    )
    rows = sum(ended.rows for ended in audited.pulls)
    typer.echo(f"Week {week.number}, {week.as_of}: {rows:,} rows pulled; exceptions: {counts or 'none'}")
    verdicts = audited.outcomes.verdicts
    _say("standing", listed)
    _say("could not tell", (check for check, verdict in verdicts.items() if verdict == "could_not_tell"))
    _say("kept", (check for check, verdict in verdicts.items() if verdict in {"kept", "not_applicable"}))


def _say(what: str, checks: Iterable[str]) -> None:
    """Print what these checks have in common and then their names; nothing if there are none."""
    if named := ", ".join(check.replace(" ", _JOINED) for check in checks):
        lines = textwrap.fill(f"  {what}: {named}", WIDTH, subsequent_indent="    ", break_on_hyphens=False)
        typer.echo(lines.replace(_JOINED, " "))
