"""Whether the published copy and the reports are those that were entered into the casebook's chain."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from dashboards.report.manifest import FILE_NAME, Manifest, read_manifest
from dashboards.report.model import ReportError
from dashboards.report.signing import KIND, enter_report_gone, finish_sealing, seal_report, wrong_in_report
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter, entries_of
from warehouse.casebook.verify import counted_entries, is_entered, newest_entries
from warehouse.store.damage import hash_of
from warehouse.store.places import Places

_PUBLISHED = "published"
Newest = Mapping[tuple[str, str], Row[Any]]


def enter_published(book: Casebook, places: Places) -> None:
    """Enter the hash of the published copy that was just written."""
    sha256 = hash_of(places.published)
    if sha256 is not None:
        with writing(book.engine) as connection:
            enter(connection, book.school, "changed", _PUBLISHED, said=sha256.encode())


def enter_files(book: Casebook, places: Places, *, accepts: bool) -> None:
    """Enter the published copy and every report as they stand, once a person `accepts` them, or has put them back.

    A report that was put back and is not what its signed manifest says is not signed: `audit verify` says so.
    """
    enter_published(book, places)
    with book.engine.connect() as connection:
        known = {subject for kind, subject in newest_entries(entries_of(connection, book.school)) if kind == KIND}
    here = {folder.name for folder in places.every_report.glob("*") if (folder / FILE_NAME).is_file()}
    for run_id in sorted(known - here):
        enter_report_gone(book, places.reports(run_id))
    lost = {path.parent.name for path, _ in _heads_not_in(book, places)}
    for run_id in sorted(here):
        folder = places.reports(run_id)
        if accepts or not wrong_in_report(book, folder):
            manifest = read_manifest(folder / FILE_NAME)
            bare = replace(manifest, chain_head=None, chain_entries=None)
            seal_report(book, folder, bare if run_id in lost else manifest)


def wrong_files(book: Casebook, places: Places) -> tuple[str, ...]:
    """Return a sentence for each file that is not what was entered; each file is read."""
    with book.engine.connect() as connection:
        entries = entries_of(connection, book.school)
    newest = newest_entries(counted_entries(entries))
    has_any = any(entry.kind == KIND for entry in entries)  # those that gone reports had, too
    wrong = list(_published(newest, places, is_before=not has_any))
    entered = {subject for kind, subject in newest if kind == KIND}
    here = {folder.name for folder in places.every_report.glob("*") if (folder / FILE_NAME).is_file()}
    for run_id in sorted(entered | here):
        wrong += [f"Report {run_id}: {says}" for says in _report(book, places, newest, run_id) if has_any]
    return tuple(wrong)


def _published(newest: Newest, places: Places, *, is_before: bool) -> tuple[str, ...]:
    entry, sha256 = newest.get((_PUBLISHED, "")), hash_of(places.published)
    if entry is None and is_before:
        return ()  # published by a release that entered nothing
    if not is_entered(entry, None if sha256 is None else sha256.encode()):
        return ("The published copy is not the one that the last run published.",)
    return ()


def _report(book: Casebook, places: Places, newest: Newest, run_id: str) -> tuple[str, ...]:
    entry, folder = newest.get((KIND, run_id)), places.reports(run_id)
    finish_sealing(book, folder)
    if entry is None:
        return ("it was put there, and not by this program, or was deleted and came back.",)
    if not (folder / FILE_NAME).is_file():
        return (f"it is gone, or its {FILE_NAME} is.",)
    if not is_entered(entry, (folder / FILE_NAME).read_bytes()):
        return (*wrong_in_report(book, folder), f"its {FILE_NAME} is not the one that was published.")
    return wrong_in_report(book, folder)


def lost_heads(book: Casebook, places: Places) -> tuple[str, ...]:
    """Return a sentence for each report that prints a head which is not in the casebook's chain."""
    return tuple(
        f"Report {path.parent.name} prints the head {manifest.printed_head} of {manifest.chain_entries:,} entries, "
        "which the casebook lacks: it is an older one, was cut, or is another."
        for path, manifest in _heads_not_in(book, places)
    )


def _heads_not_in(book: Casebook, places: Places) -> Iterator[tuple[Path, Manifest]]:
    with book.engine.connect() as connection:
        known = {None, *(entry.mac for entry in entries_of(connection, book.school))}
    for path in sorted(places.every_report.glob(f"*/{FILE_NAME}")):
        with suppress(ReportError):  # which is told with the report's other faults
            if (manifest := read_manifest(path)).chain_head not in known:
                yield path, manifest
