"""`audit run` and `audit report`."""

import json
import shlex
from dataclasses import dataclass, replace
from datetime import date
from typing import cast, get_args

import typer
from rich.console import Console

from connectors.source import Estimate
from dashboards.report.model import Tier
from dashboards.report.write import write_report
from flows.commands.exit_codes import DONE, OPEN, SOURCE_FAILED
from flows.context import Context, open_context, require_permission
from flows.settings import ConfigurationError, from_environment
from policies.school import OfficialAccount, School
from warehouse.open import opened
from warehouse.publish import must_be_current

SEVERITIES = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person at the keyboard asked of a run."""

    as_of: date | None = None
    sources: tuple[str, ...] = ()
    only: str | None = None
    is_dry: bool = False
    fail_on: str | None = None
    is_json: bool = False


def severity(word: str) -> str | None:
    """Return the severity that ends a run with exit code 1, or None for never."""
    if word == "never":
        return None
    if word not in SEVERITIES:
        raise ConfigurationError("--fail-on takes critical, high, medium, low or never.")
    return word


def run(school_id: str, wish: Wish) -> int:
    """Audit one school and say what came of it; return the exit code."""
    from flows.audit import sequence  # noqa: PLC0415 - Prefect takes seconds to import
    from flows.sources import source_names  # noqa: PLC0415

    context = open_context(from_environment(), school_id, wish.as_of)
    context = replace(context, school=with_archives(context.school, wish.sources))
    require_permission(context)
    only = frozenset(wish.only.split(",")) if wish.only else None
    if only and not only <= {"x", "youtube"}:
        raise ConfigurationError("--only takes x, youtube or both with a comma between.")
    if wish.is_dry:
        return _say_estimate(context, source_names(context, only), is_json=wish.is_json)
    console = Console(stderr=True)
    with console.status(f"Auditing {school_id} as of {context.as_of}…") if console.is_terminal else _Silence():
        audited = sequence(context, only=only)
    _say_outcome(audited, wish)
    if not audited.is_complete:
        return SOURCE_FAILED
    worst = [s for s in audited.outcomes.open_severities if wish.fail_on and at_least(s, wish.fail_on)]
    return OPEN if worst else DONE


def at_least(severity_: str, floor: str) -> bool:
    """Say whether one severity is as severe as another, or more severe."""
    return SEVERITIES.index(severity_) >= SEVERITIES.index(floor)


def with_archives(school: School, sources: tuple[str, ...]) -> School:
    """Return the school with the named X accounts read from archives: `x=archive:FILE` or `x:ID=archive:FILE`."""
    accounts = list(school.account)
    for wanted in sources:
        where, _, what = wanted.partition("=archive:")
        platform, _, account_id = where.partition(":")
        if platform != "x" or not what:
            raise ConfigurationError("--source takes x=archive:FILE.zip, or x:ACCOUNT_ID=archive:FILE.zip.")
        matching = [a for a in accounts if a.platform == "x" and account_id in {"", a.account_id}]
        if len(matching) != 1:
            raise ConfigurationError("Say which X account the archive is of: --source x:ACCOUNT_ID=archive:FILE.zip")
        changed = matching[0].model_copy(update={"reads": "archive", "archive": _absolute(what)})
        accounts[accounts.index(matching[0])] = OfficialAccount.model_validate(changed.model_dump())
    return school.model_copy(update={"account": tuple(accounts)})


def _absolute(name: str) -> str:
    from pathlib import Path  # noqa: PLC0415

    return str(Path(name).expanduser().absolute())


def report(school_id: str, *, run_id: str | None, tier: str, formats: tuple[str, ...]) -> None:
    """Write one run's report again and print where it is."""
    context = open_context(from_environment(), school_id, None)
    if tier not in get_args(Tier):
        raise ConfigurationError(f"--tier takes one of {', '.join(get_args(Tier))}.")
    chosen = cast("Tier", tier)
    with opened(context.places.published, context.key, read_only=True) as db:
        must_be_current(db)
        runs = [name for (name,) in db.execute("select run_id from published.runs order by as_of").fetchall()]
        if not runs or (run_id is not None and run_id not in runs):
            raise ConfigurationError(f"There is no such run. These are published: {', '.join(runs) or 'none yet'}.")
        wanted = run_id or runs[-1]
        for path in write_report(db, context.places.reports(wanted), run_id=wanted, tier=chosen, formats=formats):
            typer.echo(str(path))


def _say_estimate(context: Context, names: tuple[str, ...], *, is_json: bool) -> int:
    from flows.audit import start  # noqa: PLC0415
    from flows.pull import estimate  # noqa: PLC0415
    from flows.wholeness import must_be_whole  # noqa: PLC0415

    must_be_whole(context)
    start(context)
    made: list[tuple[str, Estimate]] = [(name, one) for name in names for one in estimate(context, name)]
    usd = sum(one.cost.usd for _, one in made)
    units = sum(one.cost.units for _, one in made)
    if is_json:
        lines = [{"source": n, "listing": e.listing, "usd": str(e.cost.usd), "units": e.cost.units} for n, e in made]
        typer.echo(json.dumps({"usd": str(usd), "units": units, "listings": lines}, indent=2))
        return DONE
    for name, one in made:
        typer.echo(
            f"{name:10} {one.listing:40} {one.cost.resources:8,} resources  ${one.cost.usd:.2f}  {one.cost.units} units"
        )
    budget = context.school.budget
    typer.echo(f"In all about ${usd:.2f} of ${budget.usd_per_run} and {units} of {budget.units_per_run} units.")
    return DONE


def _say_outcome(audited: object, wish: Wish) -> None:
    from flows.audit import Audited  # noqa: PLC0415

    assert isinstance(audited, Audited)  # noqa: S101 - for the type checker; the import is late
    statuses = audited.outcomes.statuses
    report_file = audited.published.folder / "index.html"
    if wish.is_json:
        answer = {
            "run": audited.run_id,
            "complete": audited.is_complete,
            "exceptions": statuses,
            "verdicts": audited.outcomes.verdicts,
            "report": str(report_file),
            "problems": [{"source": p.source, "problem": p.problem} for p in audited.pulls if p.problem],
            "remarks": [{"source": p.source, "remark": p.remark} for p in audited.pulls if p.remark],
        }
        typer.echo(json.dumps(answer, indent=2))
        return
    for ended in audited.pulls:
        typer.echo(f"{ended.source}: {ended.state}, {ended.rows:,} rows")
        if ended.problem:
            typer.echo(f"  {ended.problem} {ended.what_to_do or ''}".rstrip())
        if ended.remark:
            typer.echo(f"  {ended.remark}")
    typer.echo(", ".join(f"{count} {status.replace('_', ' ')}" for status, count in statuses.items()))
    for check, verdict in audited.outcomes.verdicts.items():
        typer.echo(f"{check}: {verdict.replace('_', ' ')}")
    if not audited.is_complete:
        typer.echo(f"Not everything was seen. To finish this run: {again(audited.school, audited.run_id, wish)}")
    typer.echo(f"Report: {report_file}")


def again(school_id: str, run_id: str, wish: Wish) -> str:
    """Return the command that goes on with this run, as it is to be typed."""
    words = ["audit", "run", school_id, "--as-of", run_id]
    words += [word for source in wish.sources for word in ("--source", source)]
    return shlex.join([*words, *(("--only", wish.only) if wish.only else ())])


class _Silence:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_args: object) -> None:
        return None
