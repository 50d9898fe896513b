"""Marks that are planted and looked for: words and ids that nothing else holds, found however they are written."""

import base64
import gzip
import html
import io
import re
import string
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from itertools import product

WORD, ID = "Zqx", "991177"
_MARK = re.compile(rb"(?i)zqx[a-z]{6}|991177\d{13}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{14,}={0,2}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){9,}")
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_DEEP = 3  # how many wrappings are taken off
_MOST = 1 << 22  # bytes that are inflated of one stream
_LETTERS = ["".join(pair) for pair in product("bcdfghjklmnprstvw", "aeiou")]


def word(number: int) -> str:
    """Return the mark of this number, which could be a name."""
    third, rest = number % 85, number // 85
    return WORD + _LETTERS[rest // 85] + _LETTERS[rest % 85] + _LETTERS[third]


def ident(number: int) -> str:
    """Return the mark of this number as an id of 19 figures."""
    return f"{ID}{number:013}"


def found_in(data: bytes) -> frozenset[str]:
    """Return every mark in these bytes, words in one case, whatever the bytes are wrapped in."""
    return frozenset(mark.decode().casefold() for form in _forms(data, _DEEP) for mark in _MARK.findall(form))


def _forms(data: bytes, deep: int) -> Iterator[bytes]:
    yield data
    if not deep:
        return
    for inner in _unwrapped(data):
        if inner and inner != data:
            yield from _forms(inner, deep - 1)


def _unwrapped(data: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
        return
    yield from _inflated(data)
    if data.count(b"\0") * 4 > len(data):
        yield data.replace(b"\0", b"")  # UTF-16 and UTF-32
    elif b"\0" in data:
        return  # neither text nor a wrapping of text
    if b"%" in data:
        yield urllib.parse.unquote_to_bytes(data)
    if b"&" in data or b"\\u" in data:
        text = data.decode("utf-8", "replace")
        yield html.unescape(text).encode("utf-8", "replace")
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text).encode("utf-8", "replace")
    for run in _HEX.findall(data):
        yield bytes.fromhex(run.decode())
    for run in _BASE64.findall(data):
        if not (run.isalpha() and run.islower()):
            yield from _from_base64(run)


def _from_base64(run: bytes) -> Iterator[bytes]:
    plain = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    for begin in range(4):
        part = plain[begin:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        made = base64.b64decode(part + b"=" * (-len(part) % 4))
        if _MARK.search(made) or b"\0" in made[:64] or made.startswith((b"\x1f\x8b", *_ZLIB)):
            yield made


def _inflated(data: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        unpack = zlib.decompressobj(wbits=47)
        try:
            yield unpack.decompress(memoryview(data)[found.start() :], _MOST)
        except zlib.error:
            continue


def wrapped(mark: str) -> dict[str, bytes]:
    """Return a mark in each way that the search must see through."""
    plain = f"a line with {mark} in it".encode()
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", plain)
    return {
        "utf-8": plain,
        "utf-16": plain.decode().encode("utf-16"),
        "utf-32": plain.decode().encode("utf-32-be"),
        **{f"base64 from {n}": b"x=" + base64.b64encode(b"." * n + plain) for n in range(3)},
        "base64 for addresses": base64.urlsafe_b64encode(b"\xff\xfe" + plain),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "json": "".join(f"\\u{ord(letter):04x}" for letter in plain.decode()).encode(),
        "html": "".join(f"&#{ord(letter)};" for letter in plain.decode()).encode(),
        "hex": plain.hex().encode(),
        "gzip": b"before" + gzip.compress(plain),
        "zlib, as a page of a PDF": b"stream\n" + zlib.compress(plain) + b"endstream",
        "zip, as a workbook": book.getvalue(),
        "gzip in base64 in json": b'{"a": "' + base64.b64encode(gzip.compress(plain)) + b'"}',
        "capitals": plain.upper(),
    }


assert set("".join(_LETTERS)) <= set(string.ascii_lowercase)
