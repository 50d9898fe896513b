"""Imports whatever a run needs sooner or later, in a process that opens no school's file; runs are forked from it.

It also reads what the program itself brings and every run reads anew: word lists and their patterns, templates, the
order of the views, the edition of the pictures' engine; together these were a fifth of a run. What the runs have in
common they share in memory, as long as nobody writes there: it is frozen, so that looking for garbage leaves it alone.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import alembic.command
import openpyxl
import pyarrow.dataset

import flows.home.workspace
import flows.notify.telling
import flows.weekly.command
import flows.weekly.run
from checks.catalogue import catalogue
from dashboards.report import templating
from engines import words
from engines.pictures.decoding.decode import formats
from engines.pictures.scans import edition
from flows.home.process import collect_seldom
from warehouse.quality.expectations import great_expectations
from warehouse.store.build import in_order

IMPORTED = (
    alembic.command,
    openpyxl,
    pyarrow.dataset,
    flows.home.workspace,
    flows.weekly.command,
    flows.notify.telling,
    flows.weekly.run,
    great_expectations(),
    catalogue(),
    formats(),
)
_PACKAGES = ("checks", "connectors", "dashboards", "engines", "flows", "policies", "warehouse")


def _read_ahead() -> None:
    words.get_ready()
    templating.get_ready("dashboards.report.templates")
    in_order()
    edition()


def _files() -> Iterator[str]:
    """Yield every file that was imported, and whatever else there is in the program's own packages."""
    for module in list(sys.modules.values()):
        if file := vars(module).get("__file__"):
            yield file
    for package in _PACKAGES:
        for folder in sys.modules[package].__path__:
            yield from (str(file) for file in Path(folder).rglob("*.*") if file.suffix != ".pyc")


def are_as_imported() -> bool:
    """Say whether every file that was read here is as it was then: a worker stays while its program is updated."""
    return all(_changed_at(file) == moment for file, moment in _READ_AT.items())


def _changed_at(file: str) -> int | None:
    """Return when a file was last changed, in nanoseconds; None where it is not there."""
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116 - of four thousand, and before every run
    except FileNotFoundError:
        return None


_read_ahead()
_READ_AT = {file: _changed_at(file) for file in _files()}
collect_seldom()
gc.freeze()
