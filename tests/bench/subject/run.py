"""How long it takes to gather all about one account among many: `python -m tests.bench.subject.run 100000`."""

import json
import sys
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.privacy.reach import NOTHING
from warehouse.privacy.subject_rows import subject_rows
from warehouse.privacy.subjects import resolve
from warehouse.privacy.third_parties import Redactor, accounts_known, people_known
from warehouse.store.migrate import make
from warehouse.store.open import opened

KEY = "b" * 48
A_PAGE = 1_000  # actors


def main(actors: int) -> None:
    """Fill a warehouse with one run of so many followers, and time each part of the pack of one of them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        make(path, KEY)
        with opened(path, KEY) as db:
            _fill(db, actors)
        began = time.perf_counter()
        with opened(path, KEY, read_only=True) as db:
            subject = resolve(db, NOTHING, actor=("x", str(10**9 + actors // 2)))
            rows, _ = subject_rows(db, subject)
            found = time.perf_counter()
            others = Redactor(subject, people_known(db), accounts_known(db))
            clean = [{name: others.without(value, name) for name, value in row.values.items()} for row in rows]
        ended = time.perf_counter()
    print(
        f"{actors:,} actors: {len(clean)} entries; found in {found - began:.1f} s, others out in {ended - found:.1f} s"
    )


def _fill(db: duckdb.DuckDBPyConnection, actors: int) -> None:
    db.execute(
        "insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, bio, "
        "counts_are_rounded) "
        "select '2026-11-02', 'x', 'x', (1000000000 + n)::text, 'user_' || n, 'Body' || n || ' Some', 'Sea ' || n, "
        "false from range(?) as many(n)",
        [actors],
    )
    db.execute(
        "insert into raw.follows (run_id, source, platform, account_id, actor_id, direction) "
        "select '2026-11-02', 'x', 'x', '900100', (1000000000 + n)::text, 'follower' from range(?) as many(n)",
        [actors],
    )
    for page in range(actors // A_PAGE):
        users = [
            {
                "id": str(10**9 + n),
                "username": f"user_{n}",
                "name": f"Body{n} Some",
                "description": f"Likes the sea, {n}",
            }
            for n in range(page * A_PAGE, (page + 1) * A_PAGE)
        ]
        body = zlib.compress(json.dumps({"data": users}).encode())
        db.execute(
            "insert into raw.pages (run_id, source, listing, number, endpoint, request, fetched_at, status, body, "
            "sha256, resources, usd, units) "
            "values ('2026-11-02', 'x', 'followers', ?, 'e', '{}', ?, 200, ?, 'x', 1, 0, 0)",
            [page, datetime(2026, 11, 2, tzinfo=UTC), body],
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
