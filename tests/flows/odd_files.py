"""What people drop into the set-up that is not what it asks for, or is so in another form, and what they are told."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from tests.connectors.archives import follow, members, tweet

_RULES = "Staff mustn\u2019t follow pupils.\r\nParents must ask first.\r\n"
_PUPILS = "Adno;Surname;Forename;DOB;Reg\r\n7;Pendry;Zo\u00eb;12/03/2015;6A\r\n"
_WELSH = "Ni chaiff staff ddilyn disgyblion yr ysgol. Rhaid i staff ofyn i\u2019r pennaeth."
_WELSH += "\nMae\u2019r ysgol yn hoff o\u2019r rhain.\n"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _zip(content: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in content.items():
            made.writestr(name, body)
    return out.getvalue()


_ARCHIVE = members({"follower": [follow("follower", "7")], "tweets": [tweet("1"), tweet("2")]})


@dataclass(frozen=True)
class Odd:
    """One file: the step it goes to, what it is, its name and bytes, and what is said: read, asked or refused."""

    step: str
    what: str
    name: str
    body: bytes
    became: str
    says: str


_AGAIN = "ask X for a new archive, and drop here the file as it was downloaded."
_NO_X = "The X archive takeout.zip is no X archive, or several in one (there must be one data/account.js)"
_UNPACK = "unpack it once, and drop here the zip file that was in it."
_CHOOSE = "Choose it beside the file."
_BESIDE = "Choose beside the file which list it is, and then what each column is."
_SAVE = "save it as .xlsx or CSV (UTF-8)."
_TWO = "2 sentences of 2 oblige somebody."
_ONE = "Pupils: 1 row can be used"
_ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
_PAGE = f"<p>{'</p><p>'.join(_RULES.splitlines())}</p>"
_FOLDER = {f"x/{name}": body for name, body in _ARCHIVE.items()}
_KINDS = "is none of .txt, .md, .docx, .pdf, .odt and .html; save it as one of these."

_ARCHIVES = (
    ("X's archive, zipped again with its folder", "again.zip", _zip(_FOLDER), "read", "X @OusterlyVale"),
    (
        *("X's archive in another zip", "outer.zip", _zip({"twitter.zip": _zip(_ARCHIVE)}), "refused"),
        f"The X archive outer.zip holds no archive but another zip file: {_UNPACK}",
    ),
    (
        *("a download that broke off", "cut.zip", _zip(_ARCHIVE)[:-300], "refused"),
        f"The X archive cut.zip is not a whole zip file: {_AGAIN}",
    ),
    (
        *(
            "Google's Takeout, or any other zip",
            "takeout.zip",
            _zip({"Takeout/channel.csv": "Channel ID\n"}),
            "refused",
        ),
        f"{_NO_X}: {_AGAIN}",
    ),
    (
        *("an archive packed as 7-Zip", "x.7z", b"7z\xbc\xaf'\x1c" + bytes(99), "refused"),
        "The X archive x.7z is packed as 7-Zip: unpack it, and zip its folder as an ordinary zip file.",
    ),
)
_LISTS = (
    ("a list in the letters of Windows, semicolons between", "list.csv", _PUPILS.encode("cp1252"), "read", _ONE),
    (
        *("a list in UTF-16, as Excel's Unicode text", "list.txt", _PUPILS.replace(";", "\t").encode("utf-16")),
        *("read", _ONE),
    ),
    (
        *("headings that more than one list has", "two.csv", b"Surname,Forename\nPendry,Tamsin\n", "asked"),
        f"Nobody can tell by its columns which list two.csv is: staff or governors or parents. {_CHOOSE}",
    ),
    (
        *("no heading that is known", "own.csv", b"Child,Form\nTamsin Pendry,5B\n", "asked"),
        f"No list can be read from own.csv by its own headings. {_BESIDE}",
    ),
    (
        *("an old Excel file", "list.xls", _OLD_OFFICE, "refused"),
        f"The register list.xls is an old Excel file (.xls) or has a password: {_SAVE}",
    ),
    (
        *("a list of LibreOffice's", "list.ods", _zip(_ODS), "refused"),
        f"The register list.ods is an OpenDocument file, as LibreOffice writes it (.ods): {_SAVE}",
    ),
    (
        *("a list in Word", "list.docx", _zip({"word/document.xml": "<x/>"}), "refused"),
        f"The register list.docx is a Word document: {_SAVE}",
    ),
)
_POLICIES = (
    ("text of Word's or Notepad's, in the letters of Windows", "policy.txt", _RULES.encode("cp1252"), "read", _TWO),
    ("text in UTF-16", "policy.txt", _RULES.encode("utf-16"), "read", _TWO),
    ("a web page of Word's, in the letters of Windows", "policy.htm", _PAGE.encode("cp1252"), "read", _TWO),
    (
        *("a policy in Welsh", "polisi.txt", _WELSH.encode(), "read"),
        "Of Welsh only the commonest words of duty are known: read what is in background yourself.",
    ),
    ("an old Word file", "policy.doc", _OLD_OFFICE, "refused", f"policy.doc {_KINDS}"),
    (
        *("a Word file under another name", "policy.pdf", _zip({"word/document.xml": "<x/>"}), "refused"),
        "policy.pdf is damaged or not a PDF; save it again from the program it came from.",
    ),
)
ODD = tuple(
    Odd(step, *row)
    for step, rows in (("accounts", _ARCHIVES), ("lists", _LISTS), ("policy", _POLICIES))
    for row in rows
)
