"""What a school's own files tell the group's ledger: read where the school is, from its settings and its last run."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from flows.home.allowances import Allowance, allowances_of, budget_of
from flows.home.exit_codes import DONE, OPEN, SOURCE_FAILED
from flows.home.settings import Settings
from flows.home.workspace import read_copy
from flows.weekly.readiness import is_ready
from policies.errors import UserError
from warehouse.runs.run_progress import RUNNING, RunProgress, is_locked, read_progress
from warehouse.store.places import Places

log = logging.getLogger(__name__)

_BULK = ("registers/", "photographs/", "reports/", "quality/")  # and every file of data: no settings are in them


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The allowances and the budget of a school, the run that was begun last, and whether one goes on.

    It is not ready where it was never seen and a run would be refused; of one that is not read nothing is known.
    """

    allowances: tuple[Allowance, ...] = field(default=(), repr=False)
    budget: Decimal | None = None
    last: RunProgress | None = None
    is_running: bool = False
    is_ready: bool = False
    is_read: bool = True

    @property
    def seen_on(self) -> date | None:
        """The day of the last run, where that came to its end, or a source failed it."""
        return self.last.as_of if self.last is not None and self.last.code in (DONE, OPEN, SOURCE_FAILED) else None


NOT_READ = SchoolFacts(is_read=False)


def facts_of(settings: Settings, schools: Sequence[str]) -> Mapping[str, SchoolFacts]:
    """Return the facts of each school; one that is not to be had from an object store is told of by its own run."""
    return {school: _facts(settings, school) for school in schools}


def _facts(settings: Settings, school: str) -> SchoolFacts:
    try:
        with read_copy(settings, school, _is_setting) as local:
            folder = Places(local.home, school).folder
            facts = SchoolFacts(
                allowances=allowances_of(local, school),
                budget=budget_of(local, school),
                last=read_progress(folder),
                is_running=is_locked(folder, RUNNING),
                is_ready=True,
            )
            return facts if facts.seen_on else replace(facts, is_ready=is_ready(local, school))
    except UserError:
        if settings.store is None:
            raise
        return NOT_READ
    except OSError as error:  # a full disk, or a folder that is somebody else's, stops no other school
        log.warning("The settings of %s could not be read: %s", school, error.strerror)  # its text may name a file
        return NOT_READ


def _is_setting(path: str) -> bool:
    return not path.startswith(_BULK) and not path.endswith((".duckdb", ".zip"))
