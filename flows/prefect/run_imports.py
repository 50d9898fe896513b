"""Imports whatever a run needs sooner or later, in a process that opens no school's file; runs are forked from it.

It also reads what the program itself brings and every run reads anew: word lists and their patterns, templates, the
order of the views, the edition of the pictures' engine; together these were a fifth of a run. What the runs have in
common they share in memory, as long as nobody writes there: it is frozen, so that looking for garbage leaves it alone.
"""

import gc

import alembic.command
import openpyxl

import flows.home.workspace
import flows.notify.telling
import flows.weekly.command
import flows.weekly.run
from checks.catalogue import catalogue
from dashboards.report import templating
from engines import words
from engines.pictures.decoding.decode import formats
from engines.pictures.scans import edition
from warehouse.store.build import in_order

IMPORTED = (
    alembic.command,
    openpyxl,
    flows.home.workspace,
    flows.weekly.command,
    flows.notify.telling,
    flows.weekly.run,
    catalogue(),
    formats(),
)

words.get_ready()
templating.get_ready("dashboards.report.templates")
in_order()
edition()
gc.freeze()
