"""Between pulling and judging: accounts are matched with people, pictures with approvals, and the checks are proved."""

from collections.abc import Sequence

import duckdb

from checks.model import Check
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from flows.weekly.self_test import self_test
from warehouse.runs.match_store import ACTORS, pictures
from warehouse.store.materialise import materialise, rolled_back


def match(context: Context, db: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Match every account and every picture that stands, and prove that these checks find what is planted."""
    with Opener() as opener:
        opener.start()  # beside what comes before the self-test's picture
        with rolled_back(db):
            materialise(db, ACTORS)
            actors, shown = actors_of(db), pictures(db, context.run_id)
        match_accounts(context, db, actors)
        scan_pictures(context, db, shown, opener)
        self_test(context, db, checks, opener)
