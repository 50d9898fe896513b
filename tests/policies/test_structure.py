"""What a policy says by its shape: bullets, tables of do and don't, columns, questions and answers, in any file."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from policies.documents import read_document
from policies.draft import Sentence, guess_all
from tests.policies.papers import drawn_pdf, odt, pdf, word

CLAUSES = [
    ("must", "staff", "Staff must not: follow a pupil;"),
    ("must", "staff", "Staff must not: lend a password."),
    ("must", "everybody", "Do: Keep your account private"),
    ("must", "everybody", "Don't: Follow pupils on any platform"),
    ("must", "everybody", "Do: Ask before you start an account"),
    ("must", "everybody", "Don't: Post pictures of pupils"),
    ("should", "parents", "We ask parents not to name children in a post."),
]
LINES = ("Ousterly Vale School", "Staff", "Staff must not:", "- follow a pupil;", "- lend a password.", "In short")
ROWS = (
    ("Do", "Don't"),
    ("Keep your account private", "Follow pupils on any platform"),
    ("Ask before you start an account", "Post pictures of pupils"),
)
LAST = ("Families", "We ask parents not to name children in a post.")


def as_word(folder: Path) -> Path:
    path = word(folder / "p.docx", *LINES)
    made = docx.Document(str(path))
    table = made.add_table(0, 2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in LAST:
        made.add_paragraph(line)
    made.save(str(path))
    return path


def as_text(folder: Path) -> Path:
    path = folder / "p.txt"
    path.write_text("\n".join([*LINES, *("\t".join(row) for row in ROWS), *LAST]) + "\n", encoding="utf-8")
    return path


def as_html(folder: Path) -> Path:
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in ROWS)
    heads = "".join(f"<h1>{line}</h1>" for line in LINES[:2])
    items = "".join(f"<li>{line[2:]}</li>" for line in LINES[3:5])
    body = f"{heads}<p>Staff <b>must</b>\n not:</p><ul>{items}</ul><h2>{LINES[5]}</h2><table>{cells}</table>"
    path = folder / "p.html"
    path.write_text(f"<html><head><title>Not read</title></head>{body}<h2>{LAST[0]}</h2>{LAST[1]}</html>")
    return path


def as_odt(folder: Path) -> Path:
    heads = "".join(f"<text:h>{line}</text:h>" for line in LINES[:2])
    items = "".join(f"<text:list-item><text:p>{line[2:]}</text:p></text:list-item>" for line in LINES[3:5])
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    lists = f"<text:p>Staff<text:s/>must not:</text:p><text:list>{items}</text:list><text:h>{LINES[5]}</text:h>"
    last = f"<text:h>{LAST[0]}</text:h><text:p>{LAST[1]}</text:p>"
    return odt(folder / "p.odt", f"{heads}{lists}<table:table>{cells}</table:table>{last}")


def as_pdf(folder: Path) -> Path:
    pieces = [(60, 780 - 16 * place, line) for place, line in enumerate(LINES)]
    pieces += [
        (60 + 240 * side, 660 - 16 * place, cell) for place, row in enumerate(ROWS) for side, cell in enumerate(row)
    ]
    return drawn_pdf(folder / "p.pdf", *pieces, *((60, 590 - 16 * place, line) for place, line in enumerate(LAST)))


def clauses(text: str) -> list[tuple[str | None, str, str]]:
    return [(one.force, one.binds, one.whole) for one in guess_all(text) if one.force]


@pytest.mark.parametrize("made", [as_word, as_text, as_html, as_odt, as_pdf])
def test_a_policy_gives_the_same_clauses_whatever_kind_of_file_it_is(
    tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    assert sorted(clauses(read_document(made(tmp_path)).text)) == sorted(CLAUSES)  # a page in a PDF is read by columns


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Bullet 2"])
def test_an_item_of_a_list_that_word_draws_is_a_clause_of_its_lead_in(tmp_path: Path, style: str) -> None:
    made = docx.Document()
    made.add_heading("Staff", 1)
    made.add_paragraph("Staff must not")
    made.add_paragraph("accept requests from pupils", style=style)
    made.add_paragraph("post pictures", style=style)
    made.add_heading("Pupils", 1)
    made.add_paragraph("Pupils enjoy social media.")
    made.save(str(tmp_path / "p.docx"))

    told = clauses(read_document(tmp_path / "p.docx").text)

    assert told == [
        ("must", "staff", "Staff must not: accept requests from pupils"),
        ("must", "staff", "Staff must not: post pictures"),
    ]


def one(text: str) -> Sentence:
    [found] = [each for each in guess_all(text) if each.force]
    return found


@pytest.mark.parametrize(
    ("text", "force", "whole"),
    [
        ("Can I follow pupils? No.", "must", "Can I follow pupils? No."),
        ("Can I follow pupils?\n\nNever.", "must", "Can I follow pupils? Never."),
        ("Q: May staff post?\nA: Yes, with leave.", "may", "Q: May staff post? Yes, with leave."),
        ("Do I need permission? Yes.", "must", "Do I need permission? Yes."),
        ("Only the Lead has access to the password.", "must", "Only the Lead has access to the password."),
        ("All posts are checked by two people.", "must", "All posts are checked by two people."),
        ("Parents can only film their own child.", "must", "Parents can only film their own child."),
        ("No pupil may follow the account.", "must", "No pupil may follow the account."),
        ("STAFF MUST NOT FOLLOW PUPILS", "must", "STAFF MUST NOT FOLLOW PUPILS"),
        ("Staff mustn\u2019t follow pupils.", "must", "Staff mustn\u2019t follow pupils."),
        ("Don\u2019t\n- follow pupils", "must", "Don\u2019t: follow pupils"),
        ("Unacceptable use\nFollowing pupils.", "must", "Unacceptable use: Following pupils."),
        ("Employees must not:\n- share what may harm", "must", "Employees must not: share what may harm"),
        ("Rule\tAllowed\tNot allowed\nFollow pupils\t\tx", "must", "Not allowed: Follow pupils"),
        ("Rule\tAllowed?\nFollow pupils\tNo", "must", "Follow pupils: Allowed? No."),
        ("| Acceptable | Unacceptable |\n|---|---|\n| | Following pupils |", "must", "Unacceptable: Following pupils"),
        ("Don't\tFollow pupils\nDo\t", "must", "Don't: Follow pupils"),
        ("\u2713\t\u2717\n\tFollow pupils", "must", "Not allowed: Follow pupils"),
        ("Rules\t\nDo\tDon't\n\tFollow pupils", "must", "Don't: Follow pupils"),
        ("Yes\tNo\n\tFollow pupils", "must", "No: Follow pupils"),
        ("Question\tAnswer\nCan I follow pupils?\tNo", "must", "Can I follow pupils? No"),
        ("What you must not do\n- follow pupils", "must", "What you must not do: follow pupils"),
        ("Ni chaiff disgyblion ddilyn y cyfrif.", "must", "Ni chaiff disgyblion ddilyn y cyfrif."),
        ("Dylai rhieni ofyn.", "should", "Dylai rhieni ofyn."),
    ],
)
def test_a_rule_is_a_clause_however_it_is_put(tmp_path: Path, text: str, force: str, whole: str) -> None:
    path = tmp_path / "p.txt"
    path.write_text(text, encoding="utf-8")

    found = one(read_document(path).text)

    assert (found.force, found.whole) == (force, whole)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Rhaid i staff ofyn i rieni.", "staff"),
        ("Ni ddylai rhieni bostio am blant.", "parents"),
        ("Peidiwch \u00e2 dilyn disgyblion.", "pupils"),
        ("Can parents follow pupils? No.", "parents"),
        ("Can I follow pupils? No.", "everybody"),
    ],
)
def test_whom_it_binds_is_seen_in_welsh_and_in_a_question(text: str, who: str) -> None:
    assert one(text).binds == who


def test_two_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "Staff must not follow a pupil of",
        "this school, nor accept as a",
        "follower anybody who is under",
        "eighteen years of age.",
    ] * 3
    right = [
        "Governors should read the policy",
        "each year and say to the clerk",
        "that they have done so before",
        "the autumn term begins.",
    ] * 3
    pieces = [(60, 760 - 14 * place, line) for place, line in enumerate(left)]
    pieces += [(330, 760 - 14 * place, line) for place, line in enumerate(right)]
    pieces.sort(key=lambda piece: -piece[1])

    told = [each.whole for each in guess_all(read_document(drawn_pdf(tmp_path / "p.pdf", *pieces)).text)]

    assert told == [" ".join(left[:4])] * 3 + [" ".join(right[:4])] * 3


def test_a_page_is_known_of_a_pdf_alone(tmp_path: Path) -> None:
    found = read_document(pdf(tmp_path / "p.pdf", ("Staff must wait.",), ("Pupils must ask.",)))

    assert [found.page_of("Pupils must ask."), found.page_of("Nobody said so.")] == [2, None]
