"""Reads a backup into a private folder, as a home with one school in it, proves it there, and erases from it again.

Everything is opened with the key: the casebook's rows stand in an encrypted casebook with their seals and chains, the
warehouse is the file that they know, and what the copy publishes is what the manifest says. Whom the tombstones of the
casebook in use are of is erased from it; a casebook that was lost too knows no more than the backup does.
"""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from flows.backup.rotate import rewritten
from flows.home.context import Context, open_casebook, open_context
from flows.home.integrity import seal, verify_files
from flows.home.key_files import old_keys
from flows.home.keys import read_key
from flows.home.settings import ConfigurationError, Settings
from flows.privacy.erasure import compact_warehouse, erase_from_casebook, erase_from_files, erase_from_warehouse
from warehouse.backup.archive import key_that_opens, read_archive
from warehouse.backup.manifest import BackupError, BackupManifest, PublishedTable, published_tables
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.put_back import put_back
from warehouse.casebook.school_rows import Rows, rows_from_json, rows_json, rows_of_school
from warehouse.casebook.tables import TOMBSTONES
from warehouse.casebook.upgrade import ensure_casebook_known
from warehouse.casebook.verify import ensure_readable, wrong_rows
from warehouse.privacy.erase import fingerprints_of
from warehouse.privacy.erasing import certificates, certify
from warehouse.privacy.erasure_journal import Erasure
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.tombstones import ErasedAccounts, ErasedId, erased_in, subject_of
from warehouse.runs.run_progress import is_locked, locked
from warehouse.store.damage import has_log
from warehouse.store.migrate import ensure_known
from warehouse.store.open import opened
from warehouse.store.places import Places, restoring

_BY_ROLE = "it_technician"
_REASON = "Erased again after a backup was put back."


def bury_again(context: Context, standing: Casebook) -> frozenset[str]:
    """Copy the tombstones and certificates that this backup lacks into its casebook; return the hashes that are new."""
    query = select(TOMBSTONES).where(TOMBSTONES.c.school == standing.school).order_by(TOMBSTONES.c.number)
    with standing.engine.connect() as connection:
        rows = connection.execute(query).all()
    with context.casebook() as book:
        new = frozenset(row.subject_sha256 for row in rows) - book.tombstones()
        for row in rows:
            if row.subject_sha256 in new:
                book.add_tombstone(platform=row.platform, subject_sha256=row.subject_sha256, on=row.forgotten_on)
        known = {each.token for each in certificates(book)}
        for certificate in certificates(standing):
            if certificate.token not in known:
                certify(book, certificate)
    return new


def erase_again(context: Context, hashes: frozenset[str]) -> int:
    """Erase from every store of this home whom these tombstones are of; return how many subjects there were."""
    done = set[ErasedId]()
    if not hashes or not context.places.warehouse.exists():
        return 0
    while (found := _next(context, hashes, done)) is not None:
        wanted, subject = found
        done.add(wanted)
        erasure = Erasure(secrets.token_hex(16), wanted[0], subject, _BY_ROLE, _REASON, {}, context.now())
        for step in (erase_from_warehouse, erase_from_casebook, erase_from_files):
            step(context, erasure)
    if done:
        compact_warehouse(context, erasure)
        seal(context)
    return len(done)


def _next(context: Context, hashes: frozenset[str], done: set[ErasedId]) -> tuple[ErasedId, Subject] | None:
    erased = ErasedAccounts(context.names_key, hashes)
    with opened(context.places.warehouse, context.key) as db:
        for wanted in erased_in(db, context.names_key, hashes):
            if wanted not in done:
                subject = subject_of(db, wanted, erased)
                return wanted, replace(subject, hashes=subject.hashes | fingerprints_of(db, subject))
    return None


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
def staged(settings: Settings, places: Places, key: str, archive: Path, called: str = "restoring-") -> Iterator[Staged]:
    """Lend the backup, read and proved; its folder, `called` so, goes at the end, with what was put aside in it.

    Where the body of the `with` fails and has put something aside there that is not back, the folder stays. Raises
    BackupError or another UserError in one sentence where anything is not what it was; OSError for a full disk.
    """
    places.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = places.home / f".{places.school}.{called}{secrets.token_hex(8)}"
    home.mkdir(mode=0o700)
    is_well = False
    try:
        with locked(home, LOCK):
            beside = settings.keys / places.key.name if settings.store and settings.keys else places.key
            keys = [key, *(read_key(each.path) for each in old_keys(beside))]
            yield _proved(settings, Places(home, places.school), keys, archive)
        is_well = True
    finally:
        if is_well or not (home / ASIDE).exists():
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def folders_swapped(places: Places, backup: Staged) -> Iterator[None]:
    """Put the backup's folder in the school's place for the body of the `with`; where it fails, the old one is back."""
    before = backup.home / ASIDE
    has_old = places.folder.exists()
    if has_old:
        places.folder.rename(before)
    try:
        backup.folder.rename(places.folder)
        yield
    except BaseException:
        if places.folder.exists():
            places.folder.rename(backup.home / "undone")
        if has_old:
            before.rename(places.folder)
        raise


def _proved(settings: Settings, places: Places, keys: Sequence[str], archive: Path) -> Staged:
    key = key_that_opens(archive, keys)
    places.folder.mkdir(mode=0o700)
    manifest, body = read_archive(archive, key, places.folder)
    if manifest.school != places.school:
        raise ConfigurationError(f"{archive.name} is the backup of another school. Choose that of {places.school}.")
    ensure_casebook_known(manifest.casebook_head, what="backup")
    own_key = secrets.token_urlsafe(48)
    here = replace(settings, home=places.home, key=key, casebook_key=own_key, casebook_url=None, keeps_heads=False)
    with closing(open_casebook(here, places)) as book:
        with writing(book.engine) as connection:
            put_back(connection, places.school, rows_from_json(body))
        with book.engine.connect() as connection:
            ensure_readable(connection)
        if wrong := wrong_rows(book):
            raise BackupError(_differs(archive, f"rows of the casebook ({', '.join(wrong)})"))
    context = open_context(here, places.school, None)
    _ensure_of_this_program(context)
    verify_files(context)
    _ensure_published_alike(manifest, published_tables(places.published, key), archive)
    return Staged(manifest, places.home, rewritten(context, keys[0]))


def _ensure_of_this_program(context: Context) -> None:
    if not context.places.warehouse.exists():
        return
    with opened(context.places.warehouse, context.key, read_only=not has_log(context.places.warehouse)) as db:
        ensure_known(db)


def _ensure_published_alike(manifest: BackupManifest, found: dict[str, PublishedTable], archive: Path) -> None:
    names = sorted(manifest.published.keys() | found.keys())
    if other := [name for name in names if manifest.published.get(name) != found.get(name)]:
        raise BackupError(_differs(archive, f"published {', '.join(other)}"))


def _differs(archive: Path, what: str) -> str:
    return f"{archive.name} does not come to what it was made of: {what}. Take another backup; nothing was changed."
