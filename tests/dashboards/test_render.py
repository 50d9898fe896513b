"""An answer does no harm where it is opened: in a terminal, in a spreadsheet, in a program."""

import io
import json
from typing import Any

import openpyxl
import polars as pl
import pytest

from dashboards.ask.cell_text import narrow
from dashboards.ask.render import FORMS, WIDEST_CELL, writer_of

NAMES = ["handle", "number"]
ROWS: list[tuple[Any, ...]] = [("@mia", -1), ("=1+1", 2), ("a\u202eb\x1b[31m", 3), (None, 4)]


def render(names: list[str], rows: list[tuple[Any, ...]], form: Any) -> bytes:
    writer = writer_of(form)
    return writer.begin(names) + writer.rows(rows[:1]) + writer.rows(rows[1:]) + writer.end(f"{len(rows)} rows")


def test_a_table_for_a_terminal_holds_no_control_character() -> None:
    assert render(NAMES, ROWS, "table").decode() == (
        "handle   number\n-------  ------\n@mia     -1\n=1+1     2\nab [31m  3\n         4\n(4 rows)\n"
    )


def test_a_csv_holds_no_formula_and_keeps_its_numbers_and_its_ids() -> None:
    text = render(NAMES, ROWS, "csv").decode("utf-8-sig")
    ids = render(["id", "n"], [("1850000000000000001", 185)], "csv").decode("utf-8-sig")

    assert text == "handle,number\r\n'@mia,-1\r\n'=1+1,2\r\nab [31m,3\r\n,4\r\n"
    assert ids == 'id,n\r\n"1850000000000000001",185\r\n'


def test_json_brings_the_answer_as_it_is_and_nothing_in_it_steers() -> None:
    marks = "\u202e\u2066\u200f\u009b\x7f\x1b\u2028\ufeff\U000e0041é"
    text = render(["a"], [(marks,)], "json").decode()

    assert json.loads(text) == [{"a": marks}]
    assert [sign for sign in text if not sign.isprintable() and sign != "\n"] == []
    assert "é" in text
    assert json.loads(render(NAMES, ROWS, "json")) == [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    assert json.loads(render(NAMES, [], "json")) == []


def test_parquet_keeps_the_types_and_its_texts_are_plain() -> None:
    frame = pl.read_parquet(io.BytesIO(render(NAMES, ROWS, "parquet")))

    assert frame["number"].to_list() == [-1, 2, 3, 4]
    assert frame["handle"].to_list() == ["@mia", "=1+1", "ab [31m", None]


def test_a_workbook_holds_ids_as_text_and_no_formula() -> None:
    rows: list[tuple[Any, ...]] = [("=1+1", 1850000000000000001), ("https://elsewhere.example", 7), ("\u202e", None)]
    sheet = openpyxl.load_workbook(io.BytesIO(render(NAMES, rows, "xlsx"))).active

    assert [[cell.value for cell in row] for row in sheet.rows][1:] == [
        ["'=1+1", "1850000000000000001"],
        ["https://elsewhere.example", 7],
        ["", None],
    ]
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("form", FORMS)
def test_lists_and_an_empty_answer_can_be_rendered(form: str) -> None:
    assert render(["these"], [([1, 2],), ({"a": "\u202e"},)], form)
    assert render(["these"], [], form)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no form called 'xml'"):
        writer_of("xml")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 63 + "…"),
        ("word " * 20, ("word " * 12).rstrip() + "…"),
        ("a" * 63 + " b", "a" * 63 + "…"),
        ("ab " + "y" * 80, "ab " + "y" * 60 + "…"),
    ],
)
def test_a_cell_that_is_too_wide_for_a_table_is_cut_at_a_word(text: str, cell: str) -> None:
    assert narrow(text, WIDEST_CELL) == cell


def test_a_table_says_beneath_it_that_a_cell_was_cut() -> None:
    table = writer_of("table")
    table.begin(["says"])
    table.rows([["word " * 20]])

    assert (
        table.end("1 row").decode().endswith("(1 row)\n(… ends a cell that is longer: --out FILE.csv has it whole)\n")
    )
