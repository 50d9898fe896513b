"""Whether the profile picture of an official account shows the school's logo; the picture is deleted once it was seen.

Nobody else's profile picture is fetched, and none at all where no clause asks or the settings name no logo.
"""

import duckdb

from checks.accounts.profile_identity import DEFAULT_PICTURES
from engines.pictures.album import Album, open_album, scan_picture
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.pictures.verdicts import Row, register_files
from warehouse.runs import match_store
from warehouse.store.compact import note_freed

CHECK = "logo"


def logos_to_fetch(context: Context, db: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return platform, medium id and address of each profile picture that this run is to look at.

    An account that is read from its archive has its pictures there, and its platform is not asked for them.
    """
    if CHECK not in context.pack.check_ids or context.school.pictures.logo is None:
        return []
    rows = match_store.profile_pictures(db, context.run_id)
    wanted = [row for row in rows if row["picture_url"] and row["reads"] != "archive" and not _is_default(row)]
    return [(row["platform"], row["medium_id"], row["picture_url"]) for row in wanted]


def look_for_logo(context: Context, db: duckdb.DuckDBPyConnection, opener: Opener) -> None:
    """Look at each official account's profile picture beside the logo, keep what was seen, and delete the pictures."""
    rows = match_store.profile_pictures(db, context.run_id) if CHECK in context.pack.check_ids else []
    album = _logo(context, db, opener) if rows and context.school.pictures.logo else None
    seen = [
        {"platform": row["platform"], "account_id": row["account_id"], **_seen(context, db, row, album, opener)}
        for row in rows
    ]
    if match_store.keep_profile_pictures(db, context.run_id, seen):
        note_freed(context.places.warehouse)  # no block may keep a picture either


def _logo(context: Context, db: duckdb.DuckDBPyConnection, opener: Opener) -> Album | None:
    """Return the album of the one picture that the settings name; None where it is not there, or is no picture."""
    named = (file for file in register_files(context, db) if file.photograph_id == context.school.pictures.logo)
    file = next((file for file in named if file.is_there), None)
    if file is None:
        return None
    album = open_album([file.photograph_id], lambda _: file.path.read_bytes(), opener, people=False)
    return None if album.unreadable else album


def _seen(context: Context, db: duckdb.DuckDBPyConnection, row: Row, album: Album | None, opener: Opener) -> Row:
    """Return whether the logo is in one picture; where nothing was seen, a word of checks/coverage.toml says why."""
    if context.school.pictures.logo is None or album is None:
        return _unseen("no_logo" if context.school.pictures.logo is None else "no_master")
    if _is_default(row):
        return _unfound()
    if row["reads"] == "archive":
        return _unseen("in_archive")
    body = match_store.body(db, row["file_id"])
    if body is None:
        return {"is_shown": row["is_shown"], "problem": "no_picture" if row["is_shown"] is None else None}
    parts = scan_picture(body, album.register, opener, people=False).parts
    if any(part.master_id is not None for part in parts):
        return {"is_shown": True, "problem": None}
    return _unseen("no_picture") if any(part.verdict == "unreadable" for part in parts) else _unfound()


def _unfound() -> Row:
    return {"is_shown": False, "problem": None}


def _unseen(problem: str) -> Row:
    return {"is_shown": None, "problem": problem}


def _is_default(row: Row) -> bool:
    return any(default in (row["picture_url"] or "") for default in DEFAULT_PICTURES)
