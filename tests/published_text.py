"""The text of a published file, for tests of what it may hold: a workbook is a zip, and its text is in its parts."""

import re
import zipfile
from pathlib import Path


def text_of(path: Path) -> str:
    """Return everything that the file says."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", errors="replace")
    with zipfile.ZipFile(path) as book:
        return "\n".join(_part(name, book.read(name).decode("utf-8", errors="replace")) for name in book.namelist())


def _part(name: str, text: str) -> str:
    """Return a part's text; a sheet's without its marks, where each cell is called A1, P1 or S1."""
    return re.sub(r"<[^>]*>", " ", text) if "/worksheets/sheet" in name else text
