"""An answer does no harm where it is opened: in a terminal, in a spreadsheet, in a program."""

import io
import json

import polars as pl
import pytest

from dashboards.ask import render

FRAME = pl.DataFrame({"handle": ["@mia", "=1+1", "a\u202eb\x1b[31m", None], "number": [-1, 2, 3, 4]})


def test_a_table_for_a_terminal_holds_no_control_character() -> None:
    assert render(FRAME, "table").decode() == (
        "handle   number\n-------  ------\n@mia     -1\n=1+1     2\nab [31m  3\n         4\n(4 rows)\n"
    )


def test_a_csv_holds_no_formula_and_keeps_its_numbers() -> None:
    text = render(FRAME, "csv").decode("utf-8-sig")

    assert text == "handle,number\r\n'@mia,-1\r\n'=1+1,2\r\nab [31m,3\r\n,4\r\n"


def test_parquet_and_json_bring_the_answer_as_it_is() -> None:
    assert pl.read_parquet(io.BytesIO(render(FRAME, "parquet"))).equals(FRAME)
    assert json.loads(render(FRAME, "json")) == FRAME.to_dicts()


def test_lists_and_an_empty_answer_can_be_rendered() -> None:
    frame = pl.DataFrame({"these": [[1, 2]]})

    assert render(frame, "csv").decode("utf-8-sig") == 'these\r\n"[1, 2]"\r\n'
    assert render(frame, "table").decode().splitlines()[2] == "[1, 2]"
    assert render(frame.clear(), "table").decode().endswith("(0 rows)\n")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no form called 'xml'"):
        render(FRAME, "xml")  # type: ignore[arg-type]
