"""Reads a school's own policy as text: one paragraph, heading or bullet a line, as policies.coverage wants it.

Headers, footers and footnotes are not read, nor what a tracked change deletes.
"""

import codecs
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from policies.drafting.markup import html_lines, odt_lines
from policies.drafting.paragraphs import is_hard_wrapped, unwrapped, without_running_heads
from policies.drafting.tables import lines_of_layout, lines_of_tabs, with_bullets
from policies.drafting.word import word_lines
from policies.guesses import is_welsh
from policies.model import PackError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

KINDS = (".txt", ".md", ".docx", ".pdf", ".odt", ".html", ".htm")
NAMED = ".txt, .md, .docx, .pdf, .odt and .html"

SCANNED = (
    "find the file it was made from, or let OCRmypdf read it (ocrmypdf scanned.pdf read.pdf) and give that instead"
)
LARGEST_UNPACKED = 20_000_000  # bytes; the longest policies in Word unpack to a tenth of it

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MANGLED = re.compile("[a-z]\xd5[a-z]|\xe2\u20ac|\xc3[\xa0-\xbf]")  # a Mac's letters, or broken UTF-8, as Windows' own
_NO_TEXT = (b"{\\rtf", b"%pdf", b"pk\x03\x04", b"<html", b"<!doctype html")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SIGN_BULLETS = re.compile("^\\s*[\u25a0\u25a1\u2023\u2043\u27a2\u2756\u2713\u2714\uf0fc]\\s*(?=\\w)", re.MULTILINE)


class DocumentError(PackError):
    """A policy's own text cannot be read; the message is one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy's text, and the pages of it, counted from 1, that hold none; `pages` are the texts of a PDF's pages."""

    name: str
    text: str
    empty_pages: tuple[int, ...] = ()
    pages: tuple[str, ...] = ()

    def page_of(self, sentence: str) -> int | None:
        """Return the first page, from 1, on which the sentence begins; None where nobody can say."""
        begins = _squeezed(sentence)[:40]
        return next((number for number, page in enumerate(self.pages, start=1) if begins and begins in page), None)

    def unread(self) -> Iterator[str]:
        """Yield in sentences what of the text could not be read."""
        if is_welsh(self.text):
            yield "Of Welsh only the commonest words of duty are known: read what is in background yourself."
        if self.empty_pages:
            pages = ", ".join(map(str, self.empty_pages))
            yield f"These pages of {self.name} hold no text and were not read: {pages}."


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def read_document(path: Path) -> Document:
    """Return the text of a policy of one of KINDS; DocumentError if there is none to be had."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise DocumentError(f"{path.name} is none of {NAMED}; save it as one of these.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read: {error.strerror}.") from error
    if kind == ".pdf":
        document = _pdf(path)
    else:
        read = {".docx": _docx, ".odt": _odt, ".html": _html, ".htm": _html}.get(kind, _plain)
        document = Document(path.name, read(path, data))
    if not document.text.strip():
        raise DocumentError(f"{path.name} is empty: there is no policy in it.")
    return document


def _decoded(path: Path, data: bytes) -> str:
    """Return the text: UTF-8, UTF-16 with its mark, or else the letters of Windows, as Word and Notepad write them."""
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text and not (encoding == "cp1252" and _MANGLED.search(text)):
                return text
    raise DocumentError(f"{path.name} is not UTF-8 text; save it as UTF-8.")


def _plain(path: Path, data: bytes) -> str:
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(_NO_TEXT):
        raise DocumentError(f"{path.name} is no plain text, whatever its name says; save it as .docx in Word.")
    text = lines_of_tabs(_decoded(path, data))
    lines = text.splitlines()
    return "\n".join(unwrapped(lines)) if is_hard_wrapped(lines) else text


def _html(path: Path, data: bytes) -> str:
    return "\n".join(html_lines(_decoded(path, data)))


def _odt(path: Path, _data: bytes) -> str:
    try:
        _refuse_what_swells(path)
        with ZipFile(path) as package:
            is_locked = b"encryption-data" in package.read("META-INF/manifest.xml")
        if not is_locked:
            return "\n".join(odt_lines(path))
    except (BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        what = "is damaged or not an OpenDocument text; open it in LibreOffice or Word and save it again"
        raise DocumentError(f"{path.name} {what}.") from error
    raise DocumentError(f"{path.name} is protected by a password; save it without.")


def _docx(path: Path, data: bytes) -> str:
    import docx  # noqa: PLC0415 - only a school with a Word file needs it
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    if data.startswith(_OLD_OFFICE):
        is_locked = _ENCRYPTED_PACKAGE in data
        what = "is protected by a password; save it without" if is_locked else "is an old Word file; save it as .docx"
        raise DocumentError(f"{path.name} {what}.")
    try:
        _refuse_what_swells(path)
        return "\n".join(word_lines(docx.Document(str(path))))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError, OSError, AttributeError) as error:
        raise DocumentError(f"{path.name} is damaged or not a Word file; open it in Word and save it again.") from error


def _refuse_what_swells(path: Path) -> None:
    with ZipFile(path) as package:
        unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > LARGEST_UNPACKED:
        most = LARGEST_UNPACKED // 1_000_000
        raise DocumentError(f"{path.name} unpacks to more than {most} MB; save it as .txt, or without its pictures.")


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
        raise DocumentError(f"{path.name} holds no text, only pictures of it; {SCANNED}.")
    lines = [line for page in without_running_heads(pages) for line in page]
    empty = tuple(number for number, page in enumerate(pages, start=1) if not page)
    texts = tuple(_squeezed(" ".join(page)) for page in pages)
    return Document(path.name, "\n".join(unwrapped(lines)), empty, texts)


def _pages(reader: "PdfReader", name: str) -> list[list[str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(f"{name} is protected by a password; save it without.")
    return [_page(page) for page in reader.pages]


def _page(page: "PageObject") -> list[str]:
    """Return a page's lines; where it has columns or a table of do and don't, as it is laid out."""
    plain = _said(page.extract_text())
    drawn = _said(page.extract_text(extraction_mode="layout")) if plain.strip() else ""
    laid_out = lines_of_layout(drawn.splitlines())
    return _lines(plain) if laid_out is None else [_symbols(line).strip() for line in laid_out]


def _said(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _symbols(text).splitlines() if line.strip()]


def _symbols(text: str) -> str:
    return _SIGN_BULLETS.sub("\u2022 ", with_bullets(text))
