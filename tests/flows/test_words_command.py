"""`audit words` on files: what it writes, and the one sentence it says of each file that cannot be read rightly."""

import csv
import os
import subprocess
import sys
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from engines.words import FAMILIES, TextFamily
from flows.home.csv_files import LONGEST_CELL
from flows.home.settings import ConfigurationError
from flows.trial import words as words_command
from flows.trial.words import BATCH_LETTERS, BATCH_TEXTS, GivenText, batches, write_families
from tests.flows.calling import audit

THREAT = "I know where you live and I am going to kill you."
GOOD = f"id,text\nc1,{THREAT}\nc2,What a lovely morning it was.\n"


def _read(folder: Path, content: bytes | str, *options: str) -> tuple[int, str, list[dict[str, str]]]:
    """Return the exit code, what was said, and the rows of the answer."""
    given, out = folder / "texts.csv", folder / "out.csv"
    given.write_bytes(content.encode() if isinstance(content, str) else content)
    answer = audit("words", "--texts", str(given), "--out", str(out), *options)
    if not out.exists():
        return answer.code, answer.said.strip(), []
    with out.open(encoding="utf-8", newline="") as file:
        return answer.code, answer.said.strip(), list(csv.DictReader(file))


def test_writes_a_row_for_each_family_with_its_place_in_the_text_as_given(tmp_path):
    code, said, rows = _read(tmp_path, f'id,text\nc1,"  Hello. {THREAT}"\nc2,Lovely.\n')

    assert (code, said) == (0, f"2 texts read: 1 rows in {tmp_path / 'out.csv'}.")
    [row] = rows
    assert list(row) == ["id", "family", "score", "start", "end", "why"]
    assert (row["id"], row["family"]) == ("c1", "threat")
    assert 0 < float(row["score"]) <= 1
    start, end = int(row["start"]), int(row["end"])
    assert 9 <= start < end <= 9 + len(THREAT)
    assert "rule" in row["why"]
    assert "kill" not in row["why"]


def test_a_rows_own_kind_goes_before_the_option(tmp_path):
    text = "id,text,kind\nb1,I'm 11 years old,bio\nb2,I'm 11 years old,\nb3,I'm 11 years old, POST \n"

    _, _, rows = _read(tmp_path, text)
    _, _, of_option = _read(tmp_path, text, "--kind", "bio", "--as-of", "2026-11-15")

    assert [row["id"] for row in rows if row["family"] == "underage"] == ["b1"]
    assert [row["id"] for row in of_option if row["family"] == "underage"] == ["b1", "b2"]


def test_what_may_be_so_says_so_and_can_be_left_out(tmp_path):
    sure = TextFamily("abuse", 0.97, (0, 5), "Words of contempt.", "both", is_listed=True, signs=())
    doubtful = TextFamily("hate", 0.41, (0, 9), "The whole text.", "score", is_listed=False, signs=())
    readings = [(GivenText("c1", "some text", "comment"), (sure, doubtful))]

    for is_short, name in ((False, "all.csv"), (True, "listed.csv")):
        write_families(tmp_path / name, readings, listed_only=is_short)

    assert (tmp_path / "all.csv").read_text().splitlines()[1:] == [
        "c1,abuse,0.9700,0,5,A rule and the learned score: Words of contempt.",
        "c1,hate,0.4100,0,9,May be; a person should read it. The learned score alone: The whole text.",
    ]
    assert len((tmp_path / "listed.csv").read_text().splitlines()) == 2


UNCLOSED = f'id,text\nc1,fine\nc2,"{THREAT}\nc3,fine\nc4,fine\n'
TOO_EARLY = f'id,text\nc1,"{THREAT}\nc3,"fine"\nc4,fine\n'
NEVER_CLOSED = (
    'has a quotation mark that is not closed, or closed too early; write a quotation mark within a text twice, as "".'
)
QUOTE_IT = "put a text that holds commas, semicolons or line breaks between quotation marks."
REFUSED = {
    "an empty file": (b"", "texts.csv has nothing on its first line; it must name columns id and text."),
    "a first line alone": ("id,text\n", "texts.csv has no text below its first line, so nothing was read."),
    "blank lines alone": ("id,text\n\n,\n", "texts.csv has no text below its first line, so nothing was read."),
    "other columns": (
        "name,words\na,b\n", "texts.csv has no columns id and text; its first line must name the columns."),
    "no first line": ('"x",hello\n' * 3, "texts.csv has no columns id and text; its first line must name the columns."),
    "no text": ("id,words\na,b\n", "texts.csv has no column text; its first line must name the columns."),
    "a column twice": ("id,text,Text\na,b,c\n", "texts.csv has the column text twice; rename one of the two."),
    "an id twice": (
        "id,text\na,b\nc,d\n a,e\n", "texts.csv, line 4: this id stands further up too; give each its own."),
    "an empty id": ("id,text\na,b\n ,d\n", "texts.csv, line 3 has no id; give each text its own."),
    "an unclosed quote": (UNCLOSED, f"texts.csv: the row that begins on line 3 {NEVER_CLOSED}"),
    "a quote closed by another": (TOO_EARLY, f"texts.csv: the row that begins on line 2 {NEVER_CLOSED}"),
    "an unclosed quote above": ('id,"text\na,b\n', f"texts.csv: the row that begins on line 1 {NEVER_CLOSED}"),
    "a comma unquoted": (
        "id,text\na,b\nc,you rat, you\n",
        f"texts.csv, line 3 has 3 cells, and the first line names 2 columns; {QUOTE_IT}",
    ),
    "a row cut short": (
        'id,text\n"a\n",b\nc\n',
        f"texts.csv, line 4 has 1 cells, and the first line names 2 columns; {QUOTE_IT}",
    ),
    "Latin-1": (
        "id,text\na,b\nc,café\n".encode("latin-1"),
        "texts.csv, line 3 is not UTF-8 text; save the file as CSV UTF-8."),
    "a lone surrogate": (
        b"id,text\na,\xed\xa0\x80\n", "texts.csv, line 2 is not UTF-8 text; save the file as CSV UTF-8."),
    "a lone surrogate in UTF-16": (
        "id,text\na,b\n".encode("utf-16") + b"c\x00,\x00\x00\xd8\n\x00",
        "texts.csv is UTF-16 in part only; save the file as CSV UTF-8."),
    "NUL bytes": (
        b"id,text\na,b\x00c\n",
        "texts.csv, line 2 holds NUL bytes, which no text has; save the file as CSV UTF-8."),
    "UTF-16 without its mark": (
        GOOD.encode("utf-16-le"),
        "texts.csv, line 1 holds NUL bytes, which no text has; save the file as CSV UTF-8."),
    "a PDF": (b"%PDF-1.7\n", "texts.csv is a PDF file under another name; save its table as CSV UTF-8."),
    "an old Excel file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        "texts.csv is an Excel file under another name; save the sheet as CSV UTF-8."),
    "another kind": (
        "id,text,kind\na,b,tweet\n",
        "texts.csv, line 2: 'tweet' is none of the kinds of text: post, comment, bio."),
    "a text of more than 1 MB": (
        f"id,text\na,b\nc,{'x' * (LONGEST_CELL + 1)}\n",
        "texts.csv: the row that begins on line 3 has a cell of more than 1,000,000 characters; shorten it."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_rightly_is_refused_in_one_sentence_and_nothing_is_written(
    tmp_path, content, sentence
):
    (tmp_path / "out.csv").write_text("of last week\n")

    code, said, _ = _read(tmp_path, content)

    assert (code, said) == (2, sentence)
    assert (tmp_path / "out.csv").read_text() == "of last week\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "texts.csv"]


def test_a_spreadsheet_under_the_name_of_a_csv_file_is_called_what_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "texts.csv", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")

    code, said, _ = _read(tmp_path, (tmp_path / "texts.csv").read_bytes())

    told = "texts.csv is a zip or Excel file under another name; save the sheet as CSV UTF-8."
    assert (code, said) == (2, told)


READ_RIGHTLY = {
    "semicolons": GOOD.replace(",", ";"),
    "tabs": GOOD.replace(",", "\t"),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16, the great end first": b"\xfe\xff" + GOOD.encode("utf-16-be"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "Windows line ends": GOOD.replace("\n", "\r\n"),
    "no line end": GOOD.rstrip(),
    "capitals and blanks in the headings": GOOD.replace("id,text", " ID , Text "),
    "quotation marks everywhere": f'"id","text"\n"c1","{THREAT}"\n"c2","a\nb"\n',
    "empty cells behind": "id,text\n" + f"c1,{THREAT},,\nc2,,\n",
    "another order": f"text,id\n{THREAT},c1\n,c2\n",
}


@pytest.mark.parametrize("content", READ_RIGHTLY.values(), ids=READ_RIGHTLY.keys())
def test_what_a_spreadsheet_may_write_is_read_as_what_it_is(tmp_path, content):
    code, said, rows = _read(tmp_path, content)

    assert code == 0
    assert said.startswith("2 texts read:")
    assert [row["id"] for row in rows if row["family"] == "threat"] == ["c1"]


def test_columns_that_it_does_not_know_are_told_and_ignored(tmp_path):
    code, said, rows = _read(tmp_path, f"id,text,likes,author\nc1,{THREAT},3,somebody\n")

    assert (code, len(rows)) == (0, 1)
    assert said.splitlines()[-1] == "texts.csv: ignored author, likes."


ODD = [
    "", " ", "=HYPERLINK(1)", "@SUM(A1)", "\U0001f469\u200d\U0001f467\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc", "e\u0301" * 300, "\ufffd\u200b\u2060", "\ufdfd" * 50,
]  # fmt: skip


def test_odd_texts_are_read_and_none_of_their_words_reaches_the_answer(tmp_path):
    lines = [["id", "text"], *([f"c{number}", text] for number, text in enumerate(ODD)), ["=1+1", THREAT]]
    with (tmp_path / "given.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)

    code, said, rows = _read(tmp_path, (tmp_path / "given.csv").read_bytes())

    assert (code, said.split(":")[0]) == (0, f"{len(ODD) + 1} texts read")
    assert [row["id"] for row in rows if row["family"] == "threat"] == ["=1+1"]
    assert "HYPERLINK" not in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_files_that_are_not_there_or_cannot_be_written_are_told(tmp_path, monkeypatch):
    (tmp_path / "texts.csv").write_text(GOOD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "other.csv").symlink_to(tmp_path / "texts.csv")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode, **_: (mode, str(path)) != (os.W_OK, "locked.csv"))
    (tmp_path / "locked.csv").write_text("")

    said = [
        (answer.code, answer.said.strip())
        for texts, out in [
            ("missing.csv", "out.csv"), ("folder", "out.csv"), ("texts.csv", "folder"), ("texts.csv", "none/out.csv"),
            ("texts.csv", "texts.csv"), ("texts.csv", "other.csv"), ("texts.csv", "locked.csv"),
        ]
        for answer in [audit("words", "--texts", texts, "--out", out)]
    ]  # fmt: skip

    itself = "--out is the file of the texts itself; name another, so that no text is lost."
    assert said == [
        (2, "missing.csv cannot be read: No such file or directory."),
        (2, "folder cannot be read: Is a directory."),
        (2, "folder is a folder; name a file for --out."),
        (2, "There is no folder none; make it, or name another for --out."),
        (2, itself),
        (2, itself),
        (2, "locked.csv cannot be written: Permission denied."),
    ]
    assert (tmp_path / "texts.csv").read_text() == GOOD


def test_options_that_make_no_sense_are_told(tmp_path):
    (tmp_path / "texts.csv").write_text(GOOD)
    given = ("--texts", str(tmp_path / "texts.csv"), "--out", str(tmp_path / "out.csv"))

    answers = [audit("words"), audit("words", *given[:2]), audit("words", *given, "--kind", "tweet")]

    assert [answer.code for answer in answers] == [2, 2, 2]
    assert [answer.said.strip() for answer in answers] == [
        "Name --texts and --out.",
        "Name --texts and --out.",
        "--kind tweet is none of the kinds of text: post, comment, bio.",
    ]


@pytest.mark.parametrize("is_file", [True, False], ids=["into a file", "into a pipe"])
def test_the_answer_can_go_where_the_shell_sends_it(tmp_path, is_file):
    (tmp_path / "texts.csv").write_text(GOOD)
    program = str(Path(sys.executable).with_name("audit"))
    given = [program, "words", "--texts", str(tmp_path / "texts.csv"), "--out", "/dev/stdout"]

    with (tmp_path / "answer.csv").open("wb") as answer:
        sink = answer if is_file else subprocess.PIPE
        done = subprocess.run(given, stdout=sink, stderr=subprocess.PIPE, check=True)
    rows = (tmp_path / "answer.csv").read_bytes() if is_file else done.stdout

    assert rows.splitlines()[0] == b"id,family,score,start,end,why"
    assert len(rows.splitlines()) == 2
    assert done.stderr.startswith(b"2 texts read")
    assert Path("/dev/stdout").is_symlink()


def test_an_answer_that_a_link_leads_to_is_written_where_it_leads(tmp_path):
    (tmp_path / "texts.csv").write_text(GOOD)
    (tmp_path / "real.csv").write_text("of last week\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")

    answer = audit("words", "--texts", str(tmp_path / "texts.csv"), "--out", str(tmp_path / "link.csv"))

    assert answer.code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("id,family")


def test_a_text_of_almost_1_mb_is_read(tmp_path):
    words = "what a lovely morning it was in the meadow "
    text = words * (900_000 // len(words)) + THREAT

    begun = time.process_time()
    code, _, rows = _read(tmp_path, f"id,text\nc1,{text}\n")

    assert (code, [row["family"] for row in rows]) == (0, ["threat"])
    assert int(rows[0]["start"]) > len(text) - len(THREAT)
    assert time.process_time() - begun < 60


def test_the_texts_of_a_large_file_are_never_in_memory_at_once(tmp_path):
    rows = 30_000
    with (tmp_path / "texts.csv").open("w", encoding="utf-8") as file:
        file.write("id,text\n")
        file.writelines(f"c{number},{'a comment about the fair ' * 20}\n" for number in range(rows))
    taken = words_command.read_given_texts(tmp_path / "texts.csv", "comment", print)
    readings = ((given, ()) for batch in batches(taken) for given in batch)

    tracemalloc.start()
    write_families(tmp_path / "out.csv", readings, listed_only=False)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < (tmp_path / "texts.csv").stat().st_size  # the ids are kept, to see that none stands twice


def test_a_batch_is_bounded_by_texts_and_by_letters():
    short = (GivenText(str(number), "x", "comment") for number in range(BATCH_TEXTS + 1))
    long = (GivenText(str(number), "x" * (BATCH_LETTERS // 2), "comment") for number in range(3))

    assert [len(batch) for batch in batches(short)] == [BATCH_TEXTS, 1]
    assert [len(batch) for batch in batches(long)] == [2, 1]


def test_a_kind_has_its_families_alone_and_bios_are_read_as_of_the_day(tmp_path):
    _, _, young = _read(tmp_path, "id,text\nb1,Born in 2014\n", "--kind", "bio", "--as-of", "2026-11-15")
    _, _, older = _read(
        tmp_path, "id,text\nb1,Born in 2014\n", "--kind", "bio", "--as-of", "2030-11-15", "--listed-only"
    )

    assert [row["family"] for row in young] == list(FAMILIES["bio"])
    assert older == []
    assert date(2026, 11, 15).year - 2014 < 13


def test_a_disk_that_is_full_is_told_and_leaves_the_old_answer(tmp_path, monkeypatch):
    (tmp_path / "out.csv").write_text("of last week\n")

    def no_room(*_: object) -> tuple[str, ...]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(words_command, "_row", no_room)
    family = TextFamily("abuse", 0.97, (0, 5), "", "both", is_listed=True, signs=())
    with pytest.raises(ConfigurationError, match=r"out\.csv cannot be written: No space left on device\."):
        write_families(tmp_path / "out.csv", [(GivenText("c1", "a", "comment"), (family,))], listed_only=False)

    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "of last week\n"
