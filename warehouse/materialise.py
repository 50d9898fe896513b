"""Works every core view out once, for the length of a transaction that is rolled back.

Each check reads several views, and each view reads others: asked one by one, the same rows would be worked out dozens
of times. Within the transaction the views read what was worked out first, and see nothing that is written after.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.build import in_order, models


@contextmanager
def rolled_back(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run what is inside in a transaction of which nothing is kept."""
    db.execute("begin")
    try:
        yield
    finally:
        db.execute("rollback")


def materialise(db: duckdb.DuckDBPyConnection) -> None:
    """Work out every core view, in order, and let it read the result; only inside `rolled_back`."""
    db.execute("create schema frozen")
    for name in (view for view in in_order() if view.startswith("core.")):
        copy = name.replace("core.", "frozen.")
        db.execute(f"create table {copy} as {models()[name]}")
        db.execute(f"create or replace view {name} as select * from {copy}")
