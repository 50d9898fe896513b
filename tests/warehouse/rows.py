"""Short spellings of the records that the warehouse's tests load."""

from datetime import UTC, datetime
from typing import Any

import duckdb

from connectors.records import Follow, ListingEnd, Medium, MediumFile, Post, Profile


def profile(actor: str, name: str | None = "Someone", *, platform: str = "x", **more: Any) -> Profile:
    return Profile(platform=platform, account_id=actor, handle=f"h{actor}", display_name=name, **more)


def follow(actor: str, *, platform: str = "x", account: str = "100", direction: str = "follower") -> Follow:
    return Follow(platform=platform, account_id=account, actor_id=actor, direction=direction)


def listing_end(listing: str = "followers", *, rows: int = 1, whole: bool = True, **more: Any) -> ListingEnd:
    account = {"platform": "x", "account_id": "100"} | {k: more.pop(k) for k in ("platform", "account_id") if k in more}
    return ListingEnd(
        **account,
        listing=listing,
        rows=rows,
        platform_count=more.pop("count", rows),
        is_whole=whole,
        stopped=more.pop("stopped", "end" if whole else "known"),
    )


def post(number: str, text: str = "Sports day", **more: Any) -> Post:
    values: dict[str, Any] = {
        "platform": "x",
        "account_id": "100",
        "post_id": number,
        "first_version_id": number,
        "kind": "post",
        "posted_at": datetime(2026, 10, 1, tzinfo=UTC),
        "text": text,
    }
    return Post(**(values | more))


def photo(post_id: str, medium: str) -> Medium:
    return Medium(
        platform="x",
        account_id="100",
        post_id=post_id,
        medium_id=medium,
        kind="photo",
        url=f"https://pbs.twimg.com/media/{medium}.jpg",
    )


def registers_read(db: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Write that every register was read in this run, a row of each."""
    for name in ("pupils", "staff", "governors", "parents", "leavers", "photographs", "accounts"):
        db.execute(
            "insert into raw.registers values (?, 'registers', ?, ?, 1, 0, 's', ?, null)",
            [run_id, name, f"{name}.csv", run_id],
        )


def file(medium: str) -> MediumFile:
    return MediumFile(
        platform="x",
        medium_id=medium,
        url="https://pbs.twimg.com/media/a.jpg",
        sha256="s",
        body=b"picture",
        content_type="image/jpeg",
        width=1,
        height=1,
    )


def ids(db: duckdb.DuckDBPyConnection, table: str = "follows", column: str = "actor_id") -> list[Any]:
    """Return a column of a raw table, in order."""
    return [row for (row,) in db.execute(f"select {column} from raw.{table} order by 1").fetchall()]
