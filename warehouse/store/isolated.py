"""Hides everything that a school's runs have seen, for the length of a transaction that is rolled back.

What is left is what a run is: its day, its policy, the official accounts and the registers and lists that there are.
"""

import duckdb

# What says which run of which school this is, and which files and lists it read; no person, post or picture.
_OF_THE_RUN = (
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
)
_OTHERS = (
    "select table_name, sql from duckdb_tables() where database_name = current_database() and schema_name = 'raw' "
    "and not list_contains(?::varchar[], table_name)"
)


def isolate(db: duckdb.DuckDBPyConnection) -> None:
    """Put an empty table in place of every raw one but those of the run itself; only inside `rolled_back`.

    The tables are renamed and not emptied: that takes as long with a million rows as with none.
    """
    for table, made_by in db.execute(_OTHERS, [list(_OF_THE_RUN)]).fetchall():
        db.execute(f"alter table raw.{table} rename to {table}_isolated")
        db.execute(made_by)
