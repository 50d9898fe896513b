"""A report's manifest is signed, and entered into the casebook's chain with all that it names.

Nothing is signed that this program did not just write but where what lies there is what was entered last.
"""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select

from dashboards.report.manifest import FILE_NAME, Manifest, ReportFile, differences, read_manifest
from dashboards.report.model import ReportError
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter, key_now, newest_of
from warehouse.casebook.chain_key import is_signed
from warehouse.casebook.tables import CHAIN
from warehouse.casebook.verify import is_entered
from warehouse.store.private_files import settle, write_new_file

KIND = "report"
_NOT_OURS = (
    "Report {run}: it is not what was published ({what}), so it is not signed again. Look with audit verify, and put "
    "the last backup back; or, if that is lost for good, run audit accept-loss."
)


def ensure_as_entered(book: Casebook, folder: Path, changed: Collection[str] = ()) -> None:
    """Raise ReportError where a report is not what was entered last, but for the files of these names.

    Nothing is asked of a folder without a manifest, nor while no report was ever entered.
    """
    path = folder / FILE_NAME
    finish_sealing(book, folder)
    with book.engine.connect() as connection:
        entry, is_first = newest_of(connection, book.school, KIND, folder.name), not _has_any(connection, book.school)
    if not path.is_file():
        return
    manifest = read_manifest(path)
    others = replace(manifest, files=tuple(each for each in manifest.files if each.name not in changed))
    wrong = differences(others, folder)
    if not is_first and not is_entered(entry, path.read_bytes()):
        wrong = (f"its {FILE_NAME} is another", *wrong)
    if wrong:
        raise ReportError(_NOT_OURS.format(run=folder.name, what=wrong[0].rstrip(".")))


def reseal_report(book: Casebook, folder: Path, changed: Collection[str]) -> None:
    """Sign and enter a report of which these files were written, or taken away, since it was entered.

    ReportError, and nothing is signed, where anything else of it is not what was entered.
    """
    ensure_as_entered(book, folder, changed)
    if (folder / FILE_NAME).is_file():
        manifest = read_manifest(folder / FILE_NAME)
        files = {written.name: written for written in manifest.files if written.name not in changed}
        for name in changed:
            if (folder / name).is_file():
                body = (folder / name).read_bytes()
                files[name] = ReportFile(name, hashlib.sha256(body).hexdigest(), len(body))
        seal_report(book, folder, replace(manifest, files=tuple(files[name] for name in sorted(files))))


def seal_report(book: Casebook, folder: Path, manifest: Manifest) -> None:
    """Sign this manifest, enter it into the chain, and put it in the report's folder.

    It is of what this program has just written, or a person took it as it stands. The reports that an earlier release
    wrote are entered with the first.
    """
    with writing(book.engine) as connection:
        if not _has_any(connection, book.school):
            _enter_earlier(connection, book, folder)
        enter(connection, book.school, "changed", KIND, folder.name, _signed(connection, book, folder, manifest))
    _finish_all(book, folder.parent)


def finish_sealing(book: Casebook, folder: Path) -> None:
    """Put a manifest in its place that was entered, and was still beside it when a kill came."""
    part = _beside(folder)
    if part.is_file():
        with book.engine.connect() as connection:
            entry = newest_of(connection, book.school, KIND, folder.name)
        if entry is not None and is_entered(entry, part.read_bytes()):
            part.replace(folder / FILE_NAME)
            settle(folder)


def enter_report_gone(book: Casebook, folder: Path) -> None:
    """Enter that a run's report is deleted for its age."""
    with writing(book.engine) as connection:
        if not _has_any(connection, book.school):
            _enter_earlier(connection, book, folder)
        enter(connection, book.school, "gone", KIND, folder.name)
    _finish_all(book, folder.parent)


def _finish_all(book: Casebook, reports: Path) -> None:
    for part in sorted(reports.glob(f"*/.{FILE_NAME}.part")):
        finish_sealing(book, part.parent)


def _enter_earlier(connection: Connection, book: Casebook, folder: Path) -> None:
    """Enter, once, the reports that a release wrote which entered none: whatever is put there later has no entry."""
    for path in sorted(folder.parent.glob(f"*/{FILE_NAME}")):
        if path.parent != folder:
            try:
                said = _signed(connection, book, path.parent, read_manifest(path))
            except ReportError:  # no manifest of ours: `audit verify` says so
                said = path.read_bytes()
            enter(connection, book.school, "changed", KIND, path.parent.name, said)


def _signed(connection: Connection, book: Casebook, folder: Path, manifest: Manifest) -> bytes:
    """Return the manifest with its signature, as it lies beside its place now."""
    key = key_now(connection, book.school)
    manifest = replace(manifest, public_key=None if key is None else key.public, signature=None)
    if key is not None:
        manifest = replace(manifest, signature=key.sign(manifest.as_json().encode()))
    said = manifest.as_json().encode()
    _beside(folder).unlink(missing_ok=True)
    write_new_file(_beside(folder), said)
    return said


def _beside(folder: Path) -> Path:
    return folder / f".{FILE_NAME}.part"


def _has_any(connection: Connection, school: str) -> bool:
    here = (CHAIN.c.school == school, CHAIN.c.kind == KIND)
    return connection.execute(select(CHAIN.c.position).where(*here).limit(1)).first() is not None


def wrong_in_report(book: Casebook, folder: Path) -> tuple[str, ...]:
    """Return a sentence for each thing in a report's folder that is not what its signed manifest says."""
    try:
        manifest = read_manifest(folder / FILE_NAME)
    except ReportError as error:
        return (error.sentence,)
    wrong = list(differences(manifest, folder))
    if not _is_signed(book, folder.name, manifest):
        wrong.append(f"{FILE_NAME} is not signed with the key that the record is kept with.")
    return tuple(wrong)


def _is_signed(book: Casebook, run_id: str, manifest: Manifest) -> bool:
    """Say whether a manifest is signed with the record's key or one of before; one of before there was any is not."""
    said, key, public = replace(manifest, signature=None).as_json().encode(), book.chain_key, manifest.public_key
    if public is None and key is not None:
        with book.engine.connect() as connection:
            entry = newest_of(connection, book.school, KIND, run_id)
        return entry is not None and entry.key_id is None
    is_ours = key is None or public in key.publics
    return public is None or (is_ours and is_signed(said, manifest.signature or "", public))
