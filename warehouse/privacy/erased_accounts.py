"""The accounts that were erased, known by keyed hashes alone, and what a run left out because of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from warehouse.privacy.erase import keyed_hash, plain_hash
from warehouse.store.load import transaction

# Ids in a page: a whole JSON string, or a value in an address.
_IDS = re.compile(rb'["=,/]([A-Za-z0-9_-]{1,64})(?=["&,/])')


@dataclass(frozen=True, slots=True)
class ErasedAccounts:
    """Says whether an account was erased; `hashes` are the school's tombstones, of this release and of earlier ones."""

    key: str = field(repr=False)
    hashes: frozenset[str]

    def has(self, platform: str, actor_id: str | None) -> bool:
        """Say whether the account of this id was erased."""
        if not self.hashes or actor_id is None:
            return False
        return not self.hashes.isdisjoint((keyed_hash(self.key, platform, actor_id), plain_hash(platform, actor_id)))

    def are_in(self, platform: str, body: bytes) -> bool:
        """Say whether a page, or a request, holds the id of an erased account."""
        if not self.hashes:
            return False
        return any(self.has(platform, found.decode()) for found in set(_IDS.findall(b'"' + body + b'"')))


def note_left_out(
    db: duckdb.DuckDBPyConnection, run_id: str, source: str, left_out: Mapping[tuple[str, str, str], int]
) -> None:
    """Replace what this run left out of this source: how many lines or texts by (platform, account, listing)."""
    with transaction(db):
        db.execute("delete from raw.left_out where run_id = ? and source = ?", [run_id, source])
        for place, accounts in left_out.items():
            db.execute("insert into raw.left_out values (?, ?, ?, ?, ?, ?)", [run_id, source, *place, accounts])
