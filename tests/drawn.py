"""Tables as drawings: `fill` puts drawn rows into tables, `draw` turns an answer back into a drawing.

    fill(db, followers='''
        platform | actor_id | is_current
        ---------+----------+-----------
        x        | 11       | true
    ''')

An empty cell is null. The columns that a drawing leaves out keep their defaults; a table that is not drawn is empty.
"""

import textwrap
from typing import Any

import duckdb
import polars as pl

from policies.populations import POPULATIONS
from warehouse.store.build import make_macros, models

# Made as the real views make it.
_POST_LINK = "link text generated always as (core.post_link(platform, post_id))"
_ACTOR_LINK = "link text generated always as (core.actor_link(platform, actor_id))"
_COMMENT_LINK = "link text generated always as (core.comment_link(platform, account_id, post_id, comment_id))"
_POSTED_ON = "posted_on date generated always as ((posted_at at time zone 'Europe/London')::date)"
_ACCOUNT_LINK = "link text generated always as (core.account_link(platform, account_id))"

# The core views as the checks may rely on them: name, then each column and its type.
CORE: dict[str, str] = {
    "audit": "run_id text, as_of date, school_id text default 'ousterly-vale', school_name text",
    "school": (
        "school_id text default 'ousterly-vale', school_name text default 'Ousterly Vale School', "
        "aliases text default 'OVS; Ousterly Vale', town text, county text, "
        "website text default 'https://ousterly-vale.example', timezone text default 'Europe/London', "
        "registers text default 'pupils; staff'"
    ),
    "policy": "pack text default 'own', title text default 'Policy', edition text, adopted_on date, review_by date",
    "left_out": "platform text, account_id text, listing text, accounts bigint",
    "registers": "register text, file_name text, rows bigint default 1, set_aside bigint default 0, refreshed_on date",
    "register_states": "register text, state text default 'whole', why text default '', accepted_by text",
    "unread_rows": ("register varchar, column_name varchar, rows bigint, numbers bigint[]"),
    "register_columns": (
        "register text default 'pupils', file_name text, heading text, column_name text, state text default 'missing', "
        "nearest text"
    ),
    "registered_accounts": (
        "platform text default 'x', account_id text, handle text, purpose text, owner_role text, approved_by text, "
        "approved_on date, shared_with_head_on date, changed_on date, unread_days text"
    ),
    "profiles": (
        "platform text default 'x', account_id text, handle text, display_name text, bio text, location text, "
        "url text, picture_url text, created_at timestamptz, is_protected boolean, followers_count bigint, seen_on date"
    ),
    "profile_pictures": "platform text default 'x', account_id text, is_shown boolean, problem text",
    "actors": (
        "platform text default 'x', actor_id text, handle text, display_name text, bio text, location text, url text, "
        f"picture_url text, {_ACTOR_LINK}"
    ),
    "comments": (
        "platform text default 'x', account_id text default '100', post_id text, comment_id text, parent_id text, "
        "actor_id text, kind text default 'reply', posted_at timestamptz, text text, picture_url text, last_seen date, "
        f"is_current boolean default true, {_POSTED_ON}, {_COMMENT_LINK}"
    ),
    "reposts": (
        "platform text default 'x', account_id text default '100', post_id text, actor_id text, first_seen date, "
        f"{_POST_LINK}"
    ),
    "interactions": (
        "platform text default 'x', account_id text default '100', post_id text, actor_id text, kind text, "
        f"posted_on date, {_POST_LINK}"
    ),
    "masters": (
        "photograph_id text, file_name text, sha256 text, pdq text, pdq_quality bigint, has_position boolean, "
        "problem text, nearest text"
    ),
    "account_approvals": (
        "platform text default 'x', account_id text default '100', handle text default '@OusterlyVale', "
        "approved_on date, approved_by text, opened_on date, first_used_on date, is_first_use_seen boolean, "
        "shared_with_head_on date, changed_on date, unread_days text, is_listed boolean default true, "
        f"{_ACCOUNT_LINK}"
    ),
    "archives": (
        "platform text default 'x', account_id text default '100', made_on date, is_dated boolean default true, "
        "is_old boolean, has_school_email boolean"
    ),
    "official_accounts": f"platform text default 'x', account_id text default '100', handle text, {_ACCOUNT_LINK}",
    "followers": (
        "platform text default 'x', account_id text default '100', actor_id text, handle text, display_name text, "
        "bio text, location text, first_seen date, last_seen date, ended_on date, "
        f"is_current boolean default true, {_ACTOR_LINK}"
    ),
    "following": (
        "platform text default 'x', account_id text default '100', actor_id text, handle text, display_name text, "
        "bio text, location text, first_seen date, last_seen date, ended_on date, "
        f"is_current boolean default true, {_ACTOR_LINK}"
    ),
    "posts": (
        "platform text default 'x', account_id text default '100', post_id text, kind text default 'post', "
        "posted_at timestamptz, title text, text text, tags text, visibility text, in_reply_to_actor_id text, "
        "refers_to_post_id text, refers_to_actor_id text, is_made_for_kids boolean, is_embeddable boolean, "
        "repost_count bigint, reply_count bigint, posted_with text, has_place boolean, "
        "first_seen date, last_seen date, "
        f"removed_at date, is_current boolean default true, {_POSTED_ON}, {_POST_LINK}"
    ),
    "media": (
        "platform text default 'x', account_id text default '100', post_id text, medium_id text, "
        "kind text default 'photo', url text, alt_text text, width bigint, height bigint, "
        f"is_alt_text_known boolean default true, is_current boolean default true, {_POST_LINK}"
    ),
    "people": (
        "role text default 'pupil', person_id text, title text, given_names text, surname text, known_as text, "
        "other_names text, full_name text, date_of_birth date, year_group text, class_name text, job_title text, "
        "left_on date, related_ids text, policy_read_on date, trained_on date, unread_days text, x_account text, "
        "youtube_account text"
    ),
    "picture_consents": "role text default 'pupil', person_id text, picture_consent text, left_on date",
    "photographs": (
        "photograph_id text, file_name text, video_id text, channels text, approved_by text, approved_on date, "
        "expires_on date, basis text, consent text, objection text, pupil_ids text"
    ),
    "matches": (
        "platform text default 'x', actor_id text, person_id text, role text default 'pupil', band text, "
        "probability double, reasons text default '[]', is_best boolean default true, words text, one_of bigint"
    ),
    "picture_parts": (
        "platform text default 'x', account_id text default '100', post_id text, medium_id text, "
        "part bigint default 0, verdict text, photograph_id text, distance bigint, inliers bigint, agreement double, "
        "quality bigint, transform text default '', new_area text default '', why text, obstacle text"
    ),
    "picture_verdicts": (
        "platform text default 'x', account_id text default '100', post_id text, medium_id text, sha256 text, "
        "pdq text, pdq_quality bigint, has_position boolean, verdict text, photograph_id text, distance bigint, "
        "why text, is_fresh boolean default true, people text, face_share double"
    ),
}

_SIGHT = (
    "platform text default 'x', account_id text default '100', platform_count bigint, fetched bigint, "
    "judged bigint, is_whole boolean default true, why text default 'end'"
)
# The real view reads a view beneath the drawn ones; this one says the same of the drawn tables.
_TOUCHING = " union ".join(
    f"select platform, account_id, actor_id from core.{table}"
    for table in (
        "followers where is_current",
        "following where is_current",
        "comments where is_current",
        "reposts",
        "interactions where actor_id is not null",
    )
)
_SIGHTS = {name.removeprefix("core."): _SIGHT for name in POPULATIONS}


def core(db: duckdb.DuckDBPyConnection) -> None:
    """Make every core view as an empty table."""
    db.execute("create schema if not exists core")
    make_macros(db)
    for name, columns in (CORE | _SIGHTS).items():
        db.execute(f"create table core.{name} ({columns})")
    db.execute(f"create view core.touching as {_TOUCHING}")
    for name in ("core.pictures", "core.missing_columns"):
        db.execute(f"create view {name} as {models()[name]}")


def fill(db: duckdb.DuckDBPyConnection, **drawings: str) -> None:
    """Put the drawn rows into the tables of the core schema, which are made if there are none yet."""
    if not db.execute("select 1 from information_schema.tables where table_schema = 'core'").fetchall():
        core(db)
    for table, drawing in drawings.items():
        for row in read(drawing):
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            db.execute(f"insert into core.{table} ({names}) values ({marks})", list(row.values()))


def read(drawing: str) -> list[dict[str, str | None]]:
    """Return the rows of a drawing by column; ValueError for a row with more or fewer cells than the heading."""
    lines = [line for line in textwrap.dedent(drawing).splitlines() if line.strip() and not _is_rule(line)]
    if not lines:
        return []
    head, *body = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    for cells in body:
        if len(cells) != len(head):
            raise ValueError(f"A row has {len(cells)} cells and the heading {len(head)}: {cells}")
    return [{str(name): cell for name, cell in zip(head, cells, strict=True)} for cells in body]


def draw(frame: pl.DataFrame) -> str:
    """Return the frame as a drawing, its columns as wide as they need to be; null is an empty cell."""
    table = [list(frame.columns), *(["" if cell is None else _cell(cell) for cell in row] for row in frame.rows())]
    widths = [max(len(row[place]) for row in table) for place in range(frame.width)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    rule = "-+-".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def drawing(text: str) -> str:
    """Return a hand-made drawing in the form that `draw` gives, so that the two compare."""
    rows = read(text)
    return draw(pl.DataFrame(rows, schema=list(rows[0]) if rows else [], orient="row"))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _is_rule(line: str) -> bool:
    return set(line.strip()) <= set("-+") and "-" in line
