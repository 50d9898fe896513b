"""Imports whatever a run needs sooner or later, in a process that opens nothing and from which runs are forked.

What they have in common they share in memory, as long as nobody writes there: it is frozen, so that looking for garbage
leaves it alone.
"""

import gc
import sys
from pathlib import Path

import alembic.command
import pyarrow.dataset

import flows.at_hand
import flows.commands.app
import flows.commands.run
import flows.notify.telling
import flows.run
from checks.catalogue import catalogue
from flows.collecting import collect_seldom
from warehouse.quality.expectations import great_expectations

IMPORTED = (
    alembic.command,
    pyarrow.dataset,
    flows.at_hand,
    flows.commands.app,
    flows.commands.run,
    flows.notify.telling,
    flows.run,
    great_expectations(),
    catalogue(),
)


def are_as_imported() -> bool:
    """Say whether every file that was imported here is as it was then: a worker stays while its program is updated."""
    return all(_changed_at(file) == moment for file, moment in _IMPORTED_AT.items())


def _changed_at(file: str) -> int | None:
    """Return when a file was last changed, in nanoseconds; None where it is not there."""
    try:
        return Path(file).stat().st_mtime_ns
    except FileNotFoundError:
        return None


_IMPORTED_AT = {
    file: _changed_at(file) for module in list(sys.modules.values()) if (file := vars(module).get("__file__"))
}
collect_seldom()
gc.freeze()
