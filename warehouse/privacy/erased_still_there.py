"""Who stands in a warehouse that was put back, and was erased since: known again by the tombstones, with the key."""

from collections.abc import Iterator

import duckdb

from warehouse.catalogue.identities import tables_owned_by
from warehouse.privacy.erase import keyed_hash
from warehouse.privacy.erased_accounts import ErasedAccounts
from warehouse.privacy.erased_people import person_marks, photograph_mark
from warehouse.privacy.others_known import accounts_known
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subjects import of_account, resolve

_SUBJECTS = " union ".join(
    f"select platform, {column} from {table}"
    for table, column in tables_owned_by("account", "raw", "outcome")
    if column == "subject_id"
)
_PEOPLE = (
    "select distinct person_id, full_name, given_names, surname, known_as, other_names from raw.people order by all"
)
_PHOTOGRAPHS = "select distinct photograph_id, coalesce(file_name, video_id, '') from raw.photographs order by all"
ErasedId = tuple[str, tuple[str, str] | str]  # the kind, and the id by which the warehouse knows who is meant


def erased_in(db: duckdb.DuckDBPyConnection, key: str, hashes: frozenset[str]) -> Iterator[ErasedId]:
    """Yield who is in the warehouse and was erased: people first, for their accounts go with them."""
    for row in db.execute(_PEOPLE).fetchall():
        if any(keyed_hash(key, *mark) in hashes for mark in person_marks(*row)):
            yield "person", row[0]
    for photograph_id, shows in db.execute(_PHOTOGRAPHS).fetchall():
        if keyed_hash(key, *photograph_mark(photograph_id, shows)) in hashes:
            yield "photograph", photograph_id
    erased = ErasedAccounts(key, hashes)
    accounts = {(account.platform, account.actor_id) for account in accounts_known(db)}
    for account in sorted(accounts | set(db.execute(_SUBJECTS).fetchall())):
        if erased.has(*account):
            yield "account", account


def subject_of(db: duckdb.DuckDBPyConnection, wanted: ErasedId) -> Subject:
    """Return who is meant by what `erased_in` yielded."""
    kind, ident = wanted
    if isinstance(ident, tuple):
        return of_account(db, *ident)
    return resolve(db, person=ident) if kind == "person" else resolve(db, photograph=ident)
