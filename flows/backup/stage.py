"""Reads a backup into a private folder of its own, as a home with one school in it, and proves it there.

Everything is opened with the key: the casebook's rows stand in an encrypted casebook with their seals and chains, the
warehouse is the file that they know, and what the copy publishes is what the manifest says.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flows.home.context import Context, open_context
from flows.home.integrity import verify_files
from flows.home.settings import ConfigurationError, Settings
from warehouse.backup.archive import read_archive
from warehouse.backup.manifest import BackupError, BackupManifest, PublishedTable, published_tables
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.put_back import put_back
from warehouse.casebook.school_rows import Rows, rows_from_json, rows_json, rows_of_school
from warehouse.casebook.seals import ensure_readable
from warehouse.casebook.upgrade import ensure_casebook_known
from warehouse.casebook.verify import wrong_rows
from warehouse.runs.run_progress import is_locked, locked
from warehouse.store.migrate import ensure_known
from warehouse.store.open import opened
from warehouse.store.places import Places, restoring

ASIDE, LOCK = "before", "restoring.lock"


@dataclass(frozen=True, slots=True)
class Staged:
    """A backup that was read and proved: its manifest, and the home in which it lies."""

    manifest: BackupManifest
    home: Path
    context: Context

    @property
    def folder(self) -> Path:
        """The school's folder as it will be."""
        return self.context.places.folder

    def rows(self) -> Rows:
        """Return the casebook's rows as they stand here now."""
        with self.context.casebook() as book, book.engine.connect() as connection:
            return rows_from_json(rows_json(rows_of_school(connection, book.school)))


def left_by_kills(places: Places) -> list[Path]:
    """Return the folders that killed restores of this school left."""
    return [folder for folder in sorted(restoring(places)) if not is_locked(folder, LOCK)]


@contextmanager
def staged(settings: Settings, places: Places, key: str, archive: Path) -> Iterator[Staged]:
    """Lend the backup, read and proved; its folder goes at the end, with what was put aside in it.

    Where the body of the `with` fails and has put something aside there that is not back, the folder stays. Raises
    BackupError or another UserError in one sentence where anything is not what it was; OSError for a full disk.
    """
    places.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = places.home / f".{places.school}.restoring-{secrets.token_hex(8)}"
    home.mkdir(mode=0o700)
    is_well = False
    try:
        with locked(home, LOCK):
            yield _proved(settings, Places(home, places.school), key, archive)
        is_well = True
    finally:
        if is_well or not (home / ASIDE).exists():
            shutil.rmtree(home, ignore_errors=True)


def _proved(settings: Settings, places: Places, key: str, archive: Path) -> Staged:
    places.folder.mkdir(mode=0o700)
    manifest, body = read_archive(archive, key, places.folder)
    if manifest.school != places.school:
        raise ConfigurationError(f"{archive.name} is the backup of another school. Choose that of {places.school}.")
    ensure_casebook_known(manifest.casebook_head, what="backup")
    own_key = secrets.token_urlsafe(48)
    here = replace(settings, home=places.home, key=key, casebook_key=own_key, casebook_url=None)
    with closing(Casebook(f"sqlite:///{places.casebook}", places.school, own_key)) as book:
        with book.engine.begin() as connection:
            put_back(connection, places.school, rows_from_json(body))
        with book.engine.connect() as connection:
            ensure_readable(connection)
        if wrong := wrong_rows(book):
            raise BackupError(_differs(archive, f"rows of the casebook ({', '.join(wrong)})"))
    context = open_context(here, places.school, None)
    _ensure_of_this_program(context)
    verify_files(context)
    _ensure_published_alike(manifest, published_tables(places.published, key), archive)
    return Staged(manifest, places.home, context)


def _ensure_of_this_program(context: Context) -> None:
    if not context.places.warehouse.exists():
        return
    with opened(context.places.warehouse, context.key, read_only=not _has_log(context.places.warehouse)) as db:
        ensure_known(db)


def _has_log(path: Path) -> bool:
    return path.with_name(f"{path.name}.wal").exists()


def _ensure_published_alike(manifest: BackupManifest, found: dict[str, PublishedTable], archive: Path) -> None:
    names = sorted(manifest.published.keys() | found.keys())
    if other := [name for name in names if manifest.published.get(name) != found.get(name)]:
        raise BackupError(_differs(archive, f"published {', '.join(other)}"))


def _differs(archive: Path, what: str) -> str:
    return f"{archive.name} does not come to what it was made of: {what}. Take another backup; nothing was changed."
