"""Who else the warehouse knows: everybody of its registers, and every account that is not the school's own."""

from collections.abc import Iterator

import duckdb

from engines.naming import PersonName
from warehouse.catalogue.identities import identities_of
from warehouse.privacy.third_parties import OtherAccount, OtherPerson

_PEOPLE = """
select distinct person_id, full_name, given_names, surname, known_as, other_names, x_account, youtube_account
from raw.people
"""
# Every column of a raw table that holds accounts' ids and nothing else, but for the school's own.
_COLUMNS = """
select schema_name || '.' || table_name, column_name
from duckdb_columns() as columns inner join duckdb_tables() using (database_name, schema_name, table_name)
where columns.database_name = current_database() and schema_name = 'raw' order by all
"""
_ACCOUNTS = """
with accounts as (
    select platform, account_id as actor_id, handle, display_name from raw.profiles
    {others}
),
named as (select distinct platform, actor_id, handle, display_name from accounts where handle is not null),
bare as (
    select distinct platform, actor_id, null as handle, null as display_name from accounts
    where (platform, actor_id) not in (select (platform, actor_id) from named)
)
select * from (select * from named union all select * from bare) as every_one
where not exists (
    select 1 from raw.official_accounts as ours
    where ours.platform = every_one.platform and ours.account_id = every_one.actor_id
)
"""


def people_known(db: duckdb.DuckDBPyConnection) -> Iterator[OtherPerson]:
    """Yield everybody of the registers, as each run read them."""
    for person_id, *name, x_account, youtube_account in db.execute(_PEOPLE).fetchall():
        accounts = tuple(account for account in (x_account, youtube_account) if account)
        yield OtherPerson(person_id, PersonName(*name).forms, accounts)


def accounts_known(db: duckdb.DuckDBPyConnection) -> Iterator[OtherAccount]:
    """Yield every account that is not one of the school's own."""
    columns = (each for each in db.execute(_COLUMNS).fetchall() if each[1] != "account_id")
    others = (
        f"union all select platform, {column}, null, null from {table} where {column} is not null"
        for table, column in columns
        if identities_of(column) == {"account"}
    )
    for row in db.execute(_ACCOUNTS.format(others=" ".join(others))).fetchall():
        yield OtherAccount(*row)
