"""Takes everything that a school's runs have seen out of sight, for the length of a transaction that is rolled back.

What is left is what a run is: its day, its policy, the official accounts and the registers that there are.
"""

import duckdb

# What says which run of which school this is, and which files and lists it read; no person, post or picture.
_OF_THE_RUN = frozenset(
    {
        "archives",
        "listings",
        "official_accounts",
        "policies",
        "pulls",
        "register_columns",
        "register_states",
        "registers",
        "runs",
        "schools",
    }
)


def put_out_of_sight(db: duckdb.DuckDBPyConnection) -> None:
    """Empty every raw table but those of the run itself; only inside `rolled_back`."""
    tables = db.execute(
        "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'raw'"
    ).fetchall()
    for (table,) in tables:
        if table not in _OF_THE_RUN:
            db.execute(f"delete from raw.{table}")
