"""What a file is that was given for a register and is no table, as far as its first bytes or its parts say."""

import io
import re
import zipfile

MOST_UNPACKED_BYTES = 50_000_000  # 20,000 people on one sheet unpack to a fifth of it

_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = re.compile(
    rb"(<!--.*?-->\s*)*<(!doctype|html|head|meta|style|body|div|table|tr|!)", re.IGNORECASE | re.DOTALL
)
_STARTS = {
    b"%PDF": "a PDF", b"{\\rtf": "a text document (RTF)", b"\x1f\x8b": "a packed file (gzip)",
    b'{"': "a link to an online sheet", b"[{": "a JSON file",
}  # fmt: skip
_IN_ZIPS = {
    "opendocument": "is an OpenDocument file, as LibreOffice writes it (.ods)",
    "xl/workbook.bin": "is a binary Excel workbook (.xlsb)",
    "word/": "is a Word document",
    "Index/": "is an Apple Numbers file",
}


def no_table(body: bytes) -> str | None:
    """Return what the file is in place of a table, as far as its first bytes say; None where it may be one."""
    start = body[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if body.startswith(_OLD_EXCEL):
        return "has a password" if _PASSWORD in body else "is an old Excel file (.xls) or has a password"
    if start.startswith(b"<?xml") and not re.search(rb"<html", start, re.IGNORECASE):
        is_sheet = b"schemas-microsoft-com:office:spreadsheet" in start
        return "is an XML spreadsheet of Excel 2003" if is_sheet else "is an XML file"
    if start.startswith(b"<?xml") or _WEB_PAGE.match(start):
        return "is a web page (HTML), although its name says otherwise"
    known = (what for sign, what in _STARTS.items() if start.startswith(sign))
    return next((f"is {what}, although its name says otherwise" for what in known), None)


def no_workbook(body: bytes) -> str | None:
    """Return what a zip archive is in place of an Excel workbook; None where it is one, or is damaged."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
            return f"unpacks to more than {MOST_UNPACKED_BYTES // 1_000_000} MB, and no register is as long as that"
        names = archive.namelist()
        if any(name.startswith("xl/worksheets") for name in names) and "xl/workbook.bin" not in names:
            return None
        kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    found = (what for sign, what in _IN_ZIPS.items() if sign in kind or any(name.startswith(sign) for name in names))
    return next(found, "is a zip archive and no Excel workbook")
