"""A school's policy is read from text, Markdown, Word or PDF, or refused in one sentence that says what to do."""

import zipfile
from pathlib import Path

import pytest

from policies.coverage import sentences
from policies.documents import DocumentError, read_document
from tests.policies.papers import locked, odt, pdf, word

SENTENCES = ["1. PUPILS", "Pupils must not follow the school's account.", "Staff should decline requests."]
POLICIES = Path(__file__).resolve().parents[2].parent / "shared" / "policies"


def said(path: Path) -> list[str]:
    return sentences(read_document(path).text)


@pytest.mark.parametrize("kind", [".txt", ".md", ".TXT"])
def test_text_and_markdown_are_read_as_they_are(tmp_path, kind):
    path = tmp_path / f"policy{kind}"
    path.write_text("# Pupils\n\nPupils **must not** follow.\n", encoding="utf-8")

    assert read_document(path).text == "# Pupils\n\nPupils **must not** follow.\n"


def test_the_mark_that_windows_puts_before_utf8_is_no_part_of_the_first_sentence(tmp_path):
    path = tmp_path / "policy.txt"
    path.write_bytes(b"\xef\xbb\xbfPupils must not follow.")

    assert said(path) == ["Pupils must not follow."]


@pytest.mark.parametrize(
    "data",
    [
        "Staff mustn\u2019t follow pupils.".encode("mac_roman"),
        "Staff mustn\u2019t follow pupils.".encode() + b" Caf\xe9.",
        "Staff must not follow pupils of Caf\u00e9 Club.".encode() + b" Caf\xe9.",
    ],
    ids=["a Mac's", "one letter of Windows in UTF-8", "the same with accents"],
)
def test_letters_that_would_be_read_as_others_are_refused(tmp_path, data):
    (tmp_path / "policy.txt").write_bytes(data)

    with pytest.raises(DocumentError, match=r"^policy\.txt is not UTF-8 text; save it as UTF-8\.$"):
        read_document(tmp_path / "policy.txt")


def test_the_letters_of_windows_are_read(tmp_path):
    (tmp_path / "policy.txt").write_bytes("\u201cStaff\u201d mustn\u2019t follow caf\u00e9 pupils.".encode("cp1252"))

    assert said(tmp_path / "policy.txt") == ["\u201cStaff\u201d mustn\u2019t follow caf\u00e9 pupils."]


@pytest.mark.parametrize(
    "start", [b"{\\rtf1\\ansi ", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><p>", b"\xef\xbb\xbf<!DOCTYPE html>"]
)
def test_another_kind_of_file_that_is_named_text_is_refused(tmp_path, start):
    (tmp_path / "policy.txt").write_bytes(start + b"Pupils must not follow.")

    with pytest.raises(DocumentError, match=r"^policy\.txt is no plain text, .*; save it as \.docx in Word\.$"):
        read_document(tmp_path / "policy.txt")


def test_a_word_file_gives_its_paragraphs_bullets_and_tables_in_order(tmp_path):
    path = word(tmp_path / "p.docx", "Scope", "Staff must:", "- decline requests.", table=("Written", "June 2024"))

    assert said(path) == ["Scope", "Staff must:", "decline requests.", "Written", "June 2024"]


def changed(path: Path, old: str, new: str) -> Path:
    """Put other XML into a Word file's body."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_what_a_word_file_inserts_links_or_boxes_is_read_and_what_it_deletes_is_not(tmp_path):
    path = word(tmp_path / "p.docx", "Staff MARK follow.")
    runs = (
        "Staff </w:t></w:r>"
        '<w:ins w:id="1" w:author="a"><w:r><w:t xml:space="preserve">must </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>may </w:delText></w:r></w:del>'
        '<w:sdt><w:sdtContent><w:r><w:t xml:space="preserve">never </w:t></w:r></w:sdtContent></w:sdt>'
        "<w:r><w:t>follow."
    )

    assert said(changed(path, "Staff MARK follow.", runs)) == ["Staff must never follow."]


def test_words_outside_every_paragraph_of_a_word_file_are_passed_over(tmp_path):
    path = word(tmp_path / "p.docx", "Staff must decline.")

    assert said(changed(path, "<w:body>", "<w:body><w:r><w:t>Stray</w:t></w:r>")) == ["Staff must decline."]


def test_a_word_file_that_swells_when_unpacked_is_refused_before_it_is_opened(tmp_path):
    path = changed(word(tmp_path / "p.docx", "Staff must decline."), "<w:body>", "<w:body>" + "<w:p></w:p>" * 2_000_000)

    with pytest.raises(DocumentError, match=r"^p\.docx unpacks to more than 20 MB; .*\.$"):
        read_document(path)


def test_a_pdf_gives_whole_sentences_though_its_lines_are_cut_and_every_page_has_a_head(tmp_path):
    head = "Ousterly Vale School: social media"
    pages = [
        (head, "1. PUPILS", "Pupils must not follow the school's account on any platform whatever it may", "1"),
        (head, "be called. Staff should decline", "- requests from pupils;", "- requests from parents.", "2"),
        (head, "Governors may follow.", "3"),
    ]

    assert said(pdf(tmp_path / "p.pdf", *pages)) == [
        "PUPILS",
        "Pupils must not follow the school's account on any platform whatever it may be called.",
        "Staff should decline",
        "requests from pupils;",
        "requests from parents.",
        "Governors may follow.",
    ]


def test_pages_without_text_are_named(tmp_path):
    found = read_document(pdf(tmp_path / "p.pdf", ("Staff must decline.",), (), ("Pupils must ask.",)))

    assert found.empty_pages == (2,)
    assert sentences(found.text) == ["Staff must decline.", "Pupils must ask."]


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path):
    path = locked(pdf(tmp_path / "p.pdf", ("Staff must decline.",)), password="", owner="hush")

    assert said(path) == ["Staff must decline."]


@pytest.fixture
def broken(tmp_path):
    """Files that hold no policy, each in its own way."""
    pdf(tmp_path / "scanned.pdf", (), ())
    locked(pdf(tmp_path / "locked.pdf", ("Staff must decline.",)), password="hush")
    (tmp_path / "cut.pdf").write_bytes(pdf(tmp_path / "whole.pdf", ("Staff must decline.",)).read_bytes()[:200])
    (tmp_path / "none.pdf").write_bytes(b"")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "locked.docx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.docx").write_bytes(ole)
    (tmp_path / "cut.docx").write_bytes(word(tmp_path / "whole.docx", "Staff must decline.").read_bytes()[:900])
    (tmp_path / "other.docx").write_text("<html>Staff must decline.</html>")
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as package:
        package.writestr("notes.txt", "Staff must decline.")
    changed(word(tmp_path / "torn.docx", "Staff must decline."), "<w:body>", "<w:body><w:p>")
    word(tmp_path / "blank.docx", "", " ")
    (tmp_path / "blank.txt").write_text(" \n\n")
    (tmp_path / "latin.txt").write_bytes(b"The caf\x81 must close.")
    (tmp_path / "policy.doc").write_bytes(ole)
    (tmp_path / "empty.html").write_text("<html><head><title>Policy</title></head><body> </body></html>")
    (tmp_path / "cut.odt").write_bytes(
        odt(tmp_path / "whole.odt", "<text:p>Staff must decline.</text:p>").read_bytes()[:99]
    )
    odt(tmp_path / "torn.odt", "<text:p>Staff must decline.")
    odt(tmp_path / "swelling.odt", "<text:p>Staff</text:p>", before='<!DOCTYPE x [<!ENTITY a "decline">]>')
    odt(tmp_path / "locked.odt", "", manifest="<manifest><encryption-data/></manifest>")
    (tmp_path / "folder.txt").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "scanned.pdf",
            "scanned.pdf holds no text, only pictures of it; find the file it was made from, or let OCRmypdf",
        ),
        ("locked.pdf", "locked.pdf is protected by a password; save it without."),
        ("cut.pdf", "cut.pdf is damaged or not a PDF"),
        ("none.pdf", "none.pdf is damaged or not a PDF"),
        ("locked.docx", "locked.docx is protected by a password; save it without."),
        ("old.docx", "old.docx is an old Word file; save it as .docx."),
        ("cut.docx", "cut.docx is damaged or not a Word file"),
        ("other.docx", "other.docx is damaged or not a Word file"),
        ("zip.docx", "zip.docx is damaged or not a Word file"),
        ("torn.docx", "torn.docx is damaged or not a Word file"),
        ("blank.docx", "blank.docx is empty: there is no policy in it."),
        ("blank.txt", "blank.txt is empty: there is no policy in it."),
        ("latin.txt", "latin.txt is not UTF-8 text; save it as UTF-8."),
        ("policy.doc", "policy.doc is none of .txt, .md, .docx, .pdf, .odt and .html; save it as one of these."),
        ("empty.html", "empty.html is empty: there is no policy in it."),
        (
            "cut.odt",
            "cut.odt is damaged or not an OpenDocument text; open it in LibreOffice or Word and save it again.",
        ),
        ("torn.odt", "torn.odt is damaged or not an OpenDocument text"),
        ("swelling.odt", "swelling.odt is damaged or not an OpenDocument text"),
        ("locked.odt", "locked.odt is protected by a password; save it without."),
        ("absent.txt", "absent.txt cannot be read: No such file or directory."),
        ("folder.txt", "folder.txt cannot be read: Is a directory."),
    ],
)
def test_a_file_without_a_policy_is_refused_in_one_sentence(broken, name, told):
    with pytest.raises(DocumentError) as caught:
        read_document(broken / name)

    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)
    assert "decline" not in str(caught.value)


def test_the_policies_that_packs_are_made_from_are_read_word_for_word():
    papers = sorted(POLICIES.glob("*.txt"))
    if not papers:
        pytest.skip(f"{POLICIES} is not here, so no policy can be read.")

    assert [path.name for path in papers if read_document(path).text != path.read_text(encoding="utf-8")] == []
