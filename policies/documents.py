"""Reads a school's own policy as text: one paragraph, heading or bullet a line, as policies.coverage wants it.

Headers, footers and footnotes are not read, nor what a tracked change deletes.
"""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from policies.model import PackError

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from pypdf import PdfReader

_LABEL = re.compile(r"^(?:[-\u2013\u2022*#]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)])(?:\s|$)", re.IGNORECASE)


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without the lines that most of them begin or end with; all page numbers count as one line."""
    keys = Counter(key for page in pages for key in {_key(line) for line in page[:2] + page[-2:]})
    running = {key for key, count in keys.items() if count >= 3 and count * 2 >= len(pages)}
    kept = []
    for page in pages:
        edges = {0, 1, len(page) - 2, len(page) - 1}
        kept.append([line for place, line in enumerate(page) if place not in edges or _key(line) not in running])
    return kept


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def is_hard_wrapped(lines: list[str]) -> bool:
    """Say whether sentences were cut at a line's width: no long line, and several that go on in small letters."""
    if max(map(len, lines), default=0) > 100:
        return False
    pairs = pairwise(lines)
    return sum(before.strip() != "" and _begins_small(line) for before, line in pairs) >= 5


def unwrapped(lines: list[str]) -> list[str]:
    """Return the lines with those that only go on with the one before joined to it."""
    widest = max((len(line.strip()) for line in lines), default=0)
    joined: list[str] = []
    last = ""
    for line in map(str.strip, lines):
        if last and line and _goes_on(last, line, widest):
            is_cut = last.endswith("-") and last[-2:-1].isalnum()
            joined[-1] += line if is_cut else f" {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _begins_small(line: str) -> bool:
    return line.strip()[:1].islower() and not _LABEL.match(line.strip())


def _goes_on(before: str, line: str, widest: int) -> bool:
    if _LABEL.match(line):
        return False
    if _begins_small(line) or _LABEL.fullmatch(before):
        return True
    return not before.endswith((".", "?", "!", ":", ";")) and len(before) >= 0.7 * widest


KINDS = (".txt", ".md", ".docx", ".pdf")

LARGEST_UNPACKED = 20_000_000  # bytes; the longest policies in Word unpack to a tenth of it

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SYMBOL_BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\u25aa\u25cf\u25e6]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {
    f"{_WORD}{tag}": sign for tag, sign in {"t": "", "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.items()
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSAID = {
    _FALLBACK,
    f"{_WORD}moveFrom",
    f"{_WORD}pPr",
}  # given twice, moved away, and formats


class DocumentError(PackError):
    """A policy's own text cannot be read; the message is one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy's text, and the pages of it, counted from 1, that hold none."""

    name: str
    text: str
    empty_pages: tuple[int, ...] = ()


def read_document(path: Path) -> Document:
    """Return the text of a .txt, .md, .docx or .pdf file; DocumentError if there is none to be had."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise DocumentError(f"{path.name} is none of .txt, .md, .docx and .pdf; save it as one of these.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read: {error.strerror}.") from error
    if kind == ".pdf":
        document = _pdf(path)
    else:
        text = _docx(path, data) if kind == ".docx" else _plain(path.name, data)
        document = Document(path.name, text)
    if not document.text.strip():
        raise DocumentError(f"{path.name} is empty: there is no policy in it.")
    return document


def _plain(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is not UTF-8 text; save it as UTF-8.") from error
    lines = text.splitlines()
    return "\n".join(unwrapped(lines)) if is_hard_wrapped(lines) else text


def _docx(path: Path, data: bytes) -> str:
    import docx  # noqa: PLC0415 - only a school with a Word file needs it
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    if data.startswith(_OLD_OFFICE):
        is_locked = _ENCRYPTED_PACKAGE in data
        what = "is protected by a password; save it without" if is_locked else "is an old Word file; save it as .docx"
        raise DocumentError(f"{path.name} {what}.")
    try:
        _refuse_what_swells(path)
        body = docx.Document(str(path)).element.body
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError, OSError, AttributeError) as error:
        raise DocumentError(f"{path.name} is damaged or not a Word file; open it in Word and save it again.") from error
    return "\n".join(_paragraphs(body))


def _refuse_what_swells(path: Path) -> None:
    with ZipFile(path) as package:
        unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > LARGEST_UNPACKED:
        most = LARGEST_UNPACKED // 1_000_000
        raise DocumentError(f"{path.name} unpacks to more than {most} MB; save it as .txt, or without its pictures.")


def _paragraphs(body: "BaseOxmlElement") -> list[str]:
    words_of: dict[BaseOxmlElement, list[str]] = {paragraph: [] for paragraph in body.iter(f"{_WORD}p")}
    for element in body.iter(*_SIGNS):
        above = list(element.iterancestors())
        if not any(element_above.tag in _UNSAID for element_above in above):
            paragraph = next((element_above for element_above in above if element_above.tag == f"{_WORD}p"), None)
            if paragraph is None:  # only a damaged file has words outside its paragraphs
                continue
            words_of[paragraph].append(_SIGNS[element.tag] or element.text or "")
    return [_SYMBOL_BULLETS.sub("\u2022", "".join(parts)) for parts in words_of.values()]


def _pdf(path: Path) -> Document:
    from pypdf import PdfReader  # noqa: PLC0415 - only a school with a PDF needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would log are words of the file
    try:
        pages = _pages(PdfReader(path), path.name)
    except DocumentError:
        raise
    except Exception as error:  # a damaged PDF fails in many ways inside the library
        message = f"{path.name} is damaged or not a PDF; save it again from the program it came from."
        raise DocumentError(message) from error
    if not any(pages):
        what = "find the file that it was made from, or have it read by OCR"
        raise DocumentError(f"{path.name} holds no text, only pictures of it; {what}.")
    lines = [line for page in without_running_heads(pages) for line in page]
    empty = tuple(number for number, page in enumerate(pages, start=1) if not page)
    return Document(path.name, "\n".join(unwrapped(lines)), empty)


def _pages(reader: "PdfReader", name: str) -> list[list[str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(f"{name} is protected by a password; save it without.")
    return [_lines(page.extract_text().encode("utf-8", "replace").decode()) for page in reader.pages]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _SYMBOL_BULLETS.sub("\u2022", text).splitlines() if line.strip()]
