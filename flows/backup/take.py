"""Makes a school's backup while no run is under way: its files, and the casebook's rows of it, as they stood together.

The lock of a run is held and the warehouse is open to be read, so that nothing else writes it; the registers are read
while nobody can change them at the desk. A file is in its place once it is whole and on the disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from flows.home.context import Context
from flows.home.integrity import verify_files
from flows.home.settings import ConfigurationError, keep_private
from warehouse.backup.archive import Packing, write_archive
from warehouse.backup.manifest import (
    CASEBOOK_ROWS,
    BackupManifest,
    PackedFile,
    files_of_school,
    manifest_json,
    published_tables,
)
from warehouse.casebook.school_rows import Rows, rows_json, rows_of_school, standing_still
from warehouse.casebook.upgrade import HEAD
from warehouse.catalogue.clocks import BODY_DAYS
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.runs.snapshot import last_day_of
from warehouse.store.open import opened
from warehouse.store.private_files import settle

_LAST = "warehouse.duckdb"  # for whoever closes a file gives back every lock that the process has on it
_UNDER_WAY = "A run of this school is still under way. Wait until it ends{or_longer}; {undone}."
MORE_MINUTES = ", or give --wait more minutes"  # of the commands that have it
READ_WHOLE = ("registers/", "school.toml")  # what people change at the desk and by hand, read at one moment


@dataclass(frozen=True, slots=True)
class BackupTaken:
    """What a backup holds: its files and bytes, the casebook's rows, and the last day on which it may be kept."""

    files: int
    bytes: int
    casebook_rows: int
    delete_after: date


def take_backup(
    context: Context, target: Path, *, purpose: str, patience: float, replaces: bool = False
) -> BackupTaken:
    """Write the backup; `patience` are the seconds to wait for a run's end, `replaces` lets it take a file's place.

    ConfigurationError where a run goes on, and where the file is there already; UserError in a sentence where the
    school's files are damaged, for what is damaged is no backup.
    """
    keep_private()
    beside = target.with_name(f".{target.name}.part")
    try:
        with no_run(context.places.folder, patience, undone="no backup was made", or_longer=MORE_MINUTES):
            verify_files(context)
            manifest, casebook, read = _gathered(context, purpose)
            names = sorted(set(files_of_school(context.places)) - read.keys(), key=lambda name: (name == _LAST, name))

            def files() -> Iterator[Packing]:
                yield CASEBOOK_ROWS, rows_json(casebook)
                yield from read.items()
                yield from ((name, context.places.folder / name) for name in names)

            def told(packed: tuple[PackedFile, ...]) -> bytes:
                nonlocal manifest
                manifest = replace(manifest, files=packed)
                return manifest_json(manifest)

            with _warehouse_at_rest(context):
                size = write_archive(beside, context.key, files(), told=told)
        _in_its_place(beside, target, replaces=replaces)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    rows = sum(manifest.casebook_rows.values())
    return BackupTaken(len(manifest.files) - 1, size, rows, manifest.delete_after)


@contextmanager
def no_run(folder: Path, patience: float, *, undone: str, or_longer: str = "") -> Iterator[None]:
    """Hold the lock of a school's runs; ConfigurationError where another has it for longer than these seconds."""
    with locked(folder, RUNNING, patience=patience) as handle:
        if handle is None:
            raise ConfigurationError(_UNDER_WAY.format(undone=undone, or_longer=or_longer))
        yield


def _gathered(context: Context, purpose: str) -> tuple[BackupManifest, Rows, dict[str, bytes]]:
    """Return the manifest but for its files, the casebook's rows, and what people change, all of one moment."""
    with context.casebook() as book, standing_still(book.engine) as connection:
        casebook = rows_of_school(connection, book.school)
        names = [name for name in files_of_school(context.places) if name.startswith(READ_WHOLE)]
        read = {name: (context.places.folder / name).read_bytes() for name in names}
    manifest = BackupManifest(
        school=context.school.id,
        made_at=context.now(),
        purpose=purpose,
        delete_after=delete_after(context),
        casebook_head=HEAD,
        casebook_rows={name: len(rows) for name, rows in casebook.items()},
        published=published_tables(context.places.published, context.key),
    )
    return manifest, casebook, read


def delete_after(context: Context) -> date:
    """Return the last day of what is published, as of a snapshot; today where that is over already."""
    if not context.places.published.exists():
        return context.today() + timedelta(days=BODY_DAYS)
    with opened(context.places.published, context.key, read_only=True) as copy:
        return max(last_day_of(copy) or context.today(), context.today())


@contextmanager
def _warehouse_at_rest(context: Context) -> Iterator[None]:
    """Keep every other process from opening the warehouse to write it."""
    if not context.places.warehouse.exists():
        yield
        return
    with opened(context.places.warehouse, context.key, read_only=True):
        yield


def _in_its_place(beside: Path, target: Path, *, replaces: bool) -> None:
    if target.exists() and not replaces:
        raise ConfigurationError(already_there(target))
    beside.replace(target)
    with suppress(OSError):  # a disk of another make may not know how; the file itself is on it
        settle(target.parent)


def already_there(target: Path) -> str:
    """Return why a file is not written over."""
    return f"{target} is there already, and is never overwritten without --replace. Choose another name."
