"""A report's manifest is signed, and entered into the casebook's chain with all that it names."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dashboards.report.manifest import FILE_NAME, ReportFile, differences, read_manifest
from dashboards.report.model import ReportError
from dashboards.report.write import put_in_place
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter
from warehouse.casebook.chain_key import is_signed

KIND = "report"


def seal_report(book: Casebook, folder: Path, changed: Iterable[str] = (), *, forgets_head: bool = False) -> None:
    """Sign the manifest of a report that this program has just written, and enter it into the chain.

    `changed` are the files that were written, or taken away, since the manifest was. Nothing happens without one.
    `forgets_head` says that the head it prints is no longer one of the chain: a person knows, and took it as it stands.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return
    manifest = read_manifest(path)
    files = {written.name: written for written in manifest.files}
    for name in changed:
        files.pop(name, None)
        if (folder / name).is_file():
            body = (folder / name).read_bytes()
            files[name] = ReportFile(name, hashlib.sha256(body).hexdigest(), len(body))
    key = book.chain_key
    manifest = replace(manifest, files=tuple(files[name] for name in sorted(files)), signature=None)
    if forgets_head:
        manifest = replace(manifest, chain_head=None, chain_entries=None)
    manifest = replace(manifest, public_key=None if key is None else key.public)
    if key is not None:
        manifest = replace(manifest, signature=key.sign(manifest.as_json().encode()))
    said = manifest.as_json().encode()
    put_in_place({FILE_NAME: said}, folder)
    with writing(book.engine) as connection:
        enter(connection, book.school, "changed", KIND, folder.name, said)


def wrong_in_report(book: Casebook, folder: Path) -> tuple[str, ...]:
    """Return a sentence for each thing in a report's folder that is not what its signed manifest says."""
    try:
        manifest = read_manifest(folder / FILE_NAME)
    except ReportError as error:
        return (error.sentence,)
    wrong = list(differences(manifest, folder))
    said = replace(manifest, signature=None).as_json().encode()
    ours = book.chain_key.public if book.chain_key is not None else manifest.public_key
    if ours is not None and (
        manifest.public_key != ours or not is_signed(said, manifest.signature or "", manifest.public_key or "")
    ):
        wrong.append(f"{FILE_NAME} is not signed with the key that the record is kept with.")
    return tuple(wrong)
