"""`db` has every core view as an empty drawn table and stands at the run of Monday 2 November 2026.

The tables are made once in each process, and each test runs in a transaction that is rolled back.
"""

from collections.abc import Iterator

import duckdb
import pytest

from tests.drawn import fill
from warehouse.store.materialise import rolled_back
from warehouse.store.open import engine


@pytest.fixture(scope="session")
def drawn_tables() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = engine()
    fill(
        connection,
        audit="""
            run_id     | as_of
            2026-11-02 | 2026-11-02
        """,
        official_accounts="""
            platform | account_id | handle
            ---------+------------+--------------------
            x        | 100        | @OusterlyVale
            x        | 200        | @OusterlyPE
            youtube  | UC1        | @OusterlyValeSchool
        """,
        registers="""
            register    | refreshed_on
            pupils      | 2026-11-01
            staff       | 2026-11-01
            governors   | 2026-11-01
            parents     | 2026-11-01
            leavers     | 2026-11-01
            photographs | 2026-11-01
        """,
    )
    yield connection
    connection.close()


@pytest.fixture
def db(drawn_tables: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    with rolled_back(drawn_tables):
        yield drawn_tables
