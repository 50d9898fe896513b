"""`audit group doctor`: what each school's run needs, looked at in a process of its own, and Prefect's server."""

import json
import os
from dataclasses import asdict, dataclass
from functools import partial

import typer

from flows.doctor.doctor import looks_at
from flows.home.arguments import AsJson, Schools
from flows.home.exit_codes import DONE, WRONG_USE, answer_to
from flows.home.settings import Settings, from_environment
from flows.home.terminal import DoctorLine
from flows.home.workspace import read_copy
from flows.prefect.schools import IsolatedLook, each_isolated, schools_of
from policies.errors import UserError


@dataclass(frozen=True, slots=True)
class SchoolHealth:
    """What is wrong with one school, in doctor's lines; none where all is well."""

    school: str
    wrong: tuple[DoctorLine, ...]


def doctor(*, schools: Schools = "*", as_json: AsJson = False) -> int:
    """Check what each school's run needs, a line or two for each, and the Prefect server if there is one."""
    settings = from_environment(may_be_stored=True)
    chosen = schools_of(settings, schools)
    server = _server_lines(chosen)
    asked = IsolatedLook(partial(health_of, settings), _no_health, (__name__,))
    healths = list(each_isolated(asked, chosen))
    if as_json:
        whole = {"server": [asdict(line) for line in server], "schools": [asdict(health) for health in healths]}
        typer.echo(json.dumps(whole, indent=2))
    else:
        for line in server:
            typer.echo(line.text)
        for health in healths:
            _say_health(health)
    return DONE if all(line.is_ok for line in server) and not any(health.wrong for health in healths) else WRONG_USE


def health_of(settings: Settings, school: str) -> SchoolHealth:
    """Look at one school, in the school's own process."""
    try:
        with read_copy(settings, school) as local:
            lines = looks_at(local, school)
    except UserError as error:
        lines = [DoctorLine("school", is_ok=False, says=error.sentence)]
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        lines = [DoctorLine("school", is_ok=False, says=answer_to(error)[0])]
    return SchoolHealth(school, tuple(line for line in lines if not line.is_ok))


def _no_health(school: str) -> SchoolHealth:
    return SchoolHealth(school, (DoctorLine("school", is_ok=False, says="its process ended before it answered."),))


def _say_health(health: SchoolHealth) -> None:
    if not health.wrong:
        typer.echo(f"ok     {health.school}")
        return
    more = f" And {len(health.wrong) - 1} more: audit doctor {health.school}" if len(health.wrong) > 1 else ""
    typer.echo(f"wrong  {health.school}: {health.wrong[0].what}: {health.wrong[0].says}{more}")


def _server_lines(schools: tuple[str, ...]) -> list[DoctorLine]:
    if not os.environ.get("PREFECT_API_URL"):
        return []
    from flows.prefect.starting import server_lines  # noqa: PLC0415 - Prefect, which is asked where a server is named

    return server_lines(schools)
