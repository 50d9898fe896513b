"""A part of a group's schools as Prefect runs it, one after another: each school a task, in a process of its own.

Parameters are ids and days, never people, and no result is kept; nothing of a school is read here. What is run is what
`audit run` and `audit expire` do. A school whose process was killed, or whose casebook or store was away, is begun
again by its task's retries. A part that was killed is begun again by whoever started it, and passes over what was
published meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run
from pydantic import Field

from flows.home.exit_codes import DONE, scrub_errors
from flows.home.settings import quiet
from flows.prefect.parts import REPEATED, EndedBadlyError
from flows.prefect.schools import SchoolEnd, audited, expired, isolated, look_at
from policies.errors import UserError
from policies.school import SCHOOL_ID

SchoolIds = Annotated[list[Annotated[str, Field(pattern=SCHOOL_ID)]], Field(min_length=1)]
# A flow's process is Prefect's, and whoever it forks has Prefect's own modules to import: once for all of a part.
_PREFECT = "prefect.blocks.system"


class SchoolUnfinishedError(EndedBadlyError):
    """The work on one school did not come to its end; the sentence names nobody."""

    def __init__(self, end: SchoolEnd) -> None:
        super().__init__(end.said)
        self.is_to_be_repeated = end.is_to_be_repeated


class PartUnfinishedError(UserError):
    """Every school of a part was worked on, and some did not come to their end."""

    def __init__(self, schools: Sequence[str]) -> None:
        super().__init__(f"Not done: {', '.join(schools)}. What is wrong with a school says: audit doctor SCHOOL")


@task(name="school", task_run_name="{school}", **REPEATED)
def _school(school: str, work: Callable[[str], int | None], artifact: str, counts: Callable[[Any], str]) -> None:
    with scrub_errors():
        end = isolated(look_at(work, _PREFECT), school)
        if end.told != {}:  # a school that was published before has nothing to tell
            create_markdown_artifact(counts(end.told), key=f"{artifact}-{school}", description="Counts of one run")
        if end.code != DONE:
            raise SchoolUnfinishedError(end)


def _each(schools: Sequence[str], work: Callable[[str], int | None], artifact: str, counts: Callable[..., str]) -> None:
    """Work on each school; PartUnfinishedError once all are done, where some did not come to their end."""
    states = {school: _school(school, work, artifact, counts, return_state=True) for school in dict.fromkeys(schools)}
    unfinished = [school for school, state in states.items() if not state.is_completed()]
    if unfinished:
        raise PartUnfinishedError(unfinished)


@flow(name="weekly-audit", persist_result=False, log_prints=False)
def weekly_audit(
    schools: SchoolIds, as_of: date | None = None, *, look_up_followers: bool = False, heeds_quota: bool = False
) -> None:
    """Audit schools one after another and leave an artifact of counts for each; fails if one did not see everything.

    Without a day it is that for which the run was planned, in the school's own zone. `look_up_followers` asks X for the
    profiles of the bare ids in archives, inside the run's budget. `heeds_quota` begins no school for which its platform
    has no quota left, as a school told that asked before it: the group's run begins it later.
    """
    quiet()
    planned = None if as_of else flow_run.get_scheduled_start_time()
    asked = partial(audited, as_of=as_of, planned=planned, is_patient=True)
    work = partial(asked, looks_up=look_up_followers, heeds_quota=heeds_quota)
    _each(schools, work, "weekly-audit", _audit_counts)


@flow(name="expire", persist_result=False, log_prints=False)
def nightly_expiry(schools: SchoolIds) -> None:
    """Delete what is over its clock, school by school, leave artifacts of counts; fail if a clock may be wrong."""
    quiet()
    _each(schools, expired, "expire", deletion_table)


def _audit_counts(told: Mapping[str, Any]) -> str:
    statuses = "\n".join(f"| {status} | {count} |" for status, count in told["exceptions"].items())
    verdicts = "\n".join(f"| {check} | {verdict} |" for check, verdict in told["verdicts"].items())
    unread = "\n".join(f"| {problem['source']} |" for problem in told["problems"])
    return (
        f"# Run {told['run']}\n\n| exceptions | count |\n|---|---|\n{statuses}\n\n"
        f"| check | verdict |\n|---|---|\n{verdicts}\n\n| not read to its end |\n|---|\n{unread}\n"
    )


def deletion_table(certificate: Mapping[str, Any] | None) -> str:
    """Return in Markdown how many rows went, by table and clock, or that nothing was due; of holds it says nothing."""
    if certificate is None:
        return "# Nothing is over its clock\n\nNothing was deleted.\n"
    rows = "\n".join(f"| {row['table']} | {row['clock']} | {row['rows']} |" for row in certificate["counts"])
    return f"# Deleted for its age\n\n| table | clock | rows |\n|---|---|---|\n{rows}\n"
