"""The manifest of a published run: what was written, from which pages, by which code; written last.

A reader who finds a manifest whose hashes fit knows that the report beside it is whole and unchanged.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboards.report.model import ReportError
from dashboards.report.operations import Run
from warehouse.casebook.chain_key import Head

SCHEMA_VERSION = 1
FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file of a report: its name beside the manifest, its SHA-256 in hex, its size in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a report is made of; `pages_sha256` is the end of the chain of stored pages.

    `chain_entries` and `chain_head` are the head of the casebook's chain when the report was written; `signature` is
    that of the manifest without it (Ed25519, in hexadecimal), which anybody may check with `public_key`.
    """

    schema_version: int
    school_id: str
    run_id: str
    as_of: str
    pack: str
    is_complete: bool
    pages: int | None
    pages_sha256: str | None
    code_version: str
    files: tuple[ReportFile, ...]
    chain_entries: int | None = None
    chain_head: str | None = None
    public_key: str | None = None
    signature: str | None = None

    @property
    def printed_head(self) -> str:
        """The head as the report prints it; empty where there was none."""
        return str(Head(self.chain_entries or 0, self.chain_head)) if self.chain_head else ""

    def as_json(self) -> str:
        """Return the manifest as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def manifest_of(run: Run, files: Mapping[str, bytes], *, code_version: str, head: Head | None = None) -> Manifest:
    """Return the manifest of these files, which are given by name, in the order of their names."""
    written = (ReportFile(name, hashlib.sha256(body).hexdigest(), len(body)) for name, body in sorted(files.items()))
    return Manifest(
        schema_version=SCHEMA_VERSION,
        school_id=run.school_id,
        run_id=run.run_id,
        as_of=run.as_of.isoformat(),
        pack=run.pack,
        is_complete=run.is_complete,
        pages=run.pages,
        pages_sha256=run.pages_sha256,
        code_version=code_version,
        files=tuple(written),
        chain_entries=None if head is None else head.entries,
        chain_head=None if head is None else head.mac,
    )


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in this file; ReportError when it is missing or not a manifest of ours."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**data | {"files": tuple(ReportFile(**written) for written in data["files"])})
    except OSError as error:
        raise ReportError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise ReportError(f"{path.name} is not a manifest of this program; write the report again.") from error


def printed_head(folder: Path) -> str:
    """Return the head that the report in this folder prints; empty where it prints none, or is not there."""
    return read_manifest(folder / FILE_NAME).printed_head if (folder / FILE_NAME).is_file() else ""


def differences(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Return one sentence for each file in the folder that is not what the manifest says; none when all is well."""
    return tuple(sentence for written in manifest.files if (sentence := _difference(written, folder / written.name)))


def _difference(written: ReportFile, path: Path) -> str | None:
    if Path(written.name).name != written.name:
        return f"The manifest names {written.name!r}, which is not a plain file name."
    if not path.is_file():
        return f"{written.name} is missing."
    if hashlib.sha256(path.read_bytes()).hexdigest() != written.sha256:
        return f"{written.name} is not the file that was published."
    return None
