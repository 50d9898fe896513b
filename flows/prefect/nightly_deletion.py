"""The nightly deletion as Prefect runs it: `audit expire`, so that no clock waits for the next run.

Its parameter is a school's id, and its artifact holds counts by table and clock.
"""

from collections.abc import Mapping
from typing import Annotated

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from pydantic import Field

from flows.home.context import open_context
from flows.home.exit_codes import scrub_errors
from flows.home.settings import from_environment, quiet
from flows.home.workspace import workspace
from flows.retention.retention import expire
from policies.school import SCHOOL_ID


@flow(name="expire", persist_result=False, log_prints=False)
def nightly_expiry(school: Annotated[str, Field(pattern=SCHOOL_ID)]) -> dict[str, int]:
    """Delete what is over its clock and leave an artifact of counts; fails where the clock may be wrong."""
    quiet()
    with scrub_errors(), workspace(from_environment(may_be_stored=True), school, waits=True) as here:
        certificate = expire(open_context(here.settings, school, None))
    counts: Mapping[tuple[str, str], int] = {} if certificate is None else certificate.counts
    create_markdown_artifact(
        deletion_table(counts), key=f"expire-{school}", description="Counts of what was deleted for its age"
    )
    return {f"{table} by {clock}": count for (table, clock), count in counts.items()}


def deletion_table(counts: Mapping[tuple[str, str], int]) -> str:
    """Return in Markdown how many rows went, by table and clock, or that nothing was due; of holds it says nothing."""
    if not counts:
        return "# Nothing is over its clock\n\nNothing was deleted.\n"
    rows = "\n".join(f"| {table} | {clock} | {count} |" for (table, clock), count in sorted(counts.items()))
    return f"# Deleted for its age\n\n| table | clock | rows |\n|---|---|---|\n{rows}\n"
