"""Writes a subject pack: one AES-256 zip that 7-Zip opens, readable by its owner alone, whole or not at all."""

import io
import os
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path

import pyzipper

from dashboards.report.templating import environment
from dashboards.subject_pack.model import SubjectPack
from dashboards.subject_pack.words import as_json, lines, sentence
from policies.errors import UserError

SHORTEST_PASSWORD = 12
_THERE = "{} is there already, and is never overwritten. Choose another with --out."


class SubjectPackError(UserError):
    """The pack cannot be written; one sentence with what to do."""


def files_of(pack: SubjectPack) -> dict[str, bytes]:
    """Return the files of a pack by name: a page to read, the same as JSON, and the pictures."""
    page = environment("dashboards.subject_pack.templates", "dashboards.report.templates").get_template("pack.html")
    body = {field.name: getattr(pack, field.name) for field in fields(pack) if field.name != "pictures"}
    sections = [
        {
            "store": section.name,
            "title": section.title,
            "why": section.why,
            "entries": [{f.name: getattr(entry, f.name) for f in fields(entry)} for entry in section.entries],
        }
        for section in pack.sections
    ]
    looked = [{f.name: getattr(each, f.name) for f in fields(each)} for each in pack.looked]
    seen = [{f.name: getattr(each, f.name) for f in fields(each)} for each in pack.seen_by]
    told = {**body, "sections": sections, "looked": looked, "seen_by": seen}
    return {
        "index.html": page.render(pack=pack, lines=lines, sentence=partial(sentence, accounts=pack.accounts)).encode(),
        "pack.json": as_json(told).encode(),
        **pack.pictures,
    }


def ensure_free(out: Path) -> None:
    """Raise SubjectPackError unless a new file can be written here."""
    if out.exists():
        raise SubjectPackError(_THERE.format(out))
    if not out.parent.is_dir():
        raise SubjectPackError(f"There is no folder {out.parent}. Make it, or choose another with --out.")


def write_pack(files: Mapping[str, bytes], out: Path, password: str) -> None:
    """Write the files into a new zip; SubjectPackError for a password that is too short or a file that is there."""
    if len(password) < SHORTEST_PASSWORD:
        raise SubjectPackError(f"The password has fewer than {SHORTEST_PASSWORD} characters. Choose a longer one.")
    ensure_free(out)
    body = _zipped(files, password)
    beside = out.with_name(f".{out.name}.part")
    beside.unlink(missing_ok=True)  # left by a killed write
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:  # noqa: PTH123 - opened by its handle, with its mode
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, out)  # fails where somebody else has made the file meanwhile
    except FileExistsError as error:
        raise SubjectPackError(
            f"{out} is there already, and is never overwritten. Choose another with --out."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _zipped(files: Mapping[str, bytes], password: str) -> bytes:
    """Return the zip; it is made in memory, so that nothing of it lies open in a temporary folder."""
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()
