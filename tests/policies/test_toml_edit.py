"""A file of a person's is changed where it was meant and nowhere else: comments, order and other keys stay."""

from datetime import date
from importlib import resources

import pytest

from policies.school_file import school_in
from policies.toml_edit import with_key, with_tables

NEW = resources.files("flows.scaffold").joinpath("school.toml").read_text(encoding="utf-8").replace("SCHOOL_ID", "hv")


def changed_lines(before: str, after: str) -> tuple[set[str], set[str]]:
    return set(before.splitlines()) - set(after.splitlines()), set(after.splitlines()) - set(before.splitlines())


@pytest.mark.parametrize(
    ("table", "key", "value", "gone", "new"),
    [
        ("school", "name", "Hill View", {'name = "Name of the school"'}, {'name = "Hill View"'}),
        ("budget", "units_per_run", 7, {"units_per_run = 2000"}, {"units_per_run = 7"}),
        ("budget", "units_per_run", None, {"units_per_run = 2000"}, set()),
        ("registers.columns.pupils", "Photos OK?", "", set(), {"[registers.columns.pupils]", '"Photos OK?" = ""'}),
        ("school", "county", 'a "b" \\', {'county = ""'}, {'county = "a \\"b\\" \\\\"'}),
    ],
)
def test_one_key_is_changed_and_no_other_line(
    table: str, key: str, value: object, gone: set[str], new: set[str]
) -> None:
    after = with_key(NEW, table, key, value)

    assert changed_lines(NEW, after) == (gone, new)
    school_in(with_key(after, "school", "name", "x"), "school.toml")


def test_a_key_that_stands_as_a_comment_is_written_in_its_place() -> None:
    after = with_key(NEW, "school", "pack", "own.toml")

    assert after.index('pack = "own.toml"') < after.index("# policy_source")


def test_a_value_over_several_lines_is_replaced_whole() -> None:
    text = '[school]\naliases = [\n    "a",  # why\n    "b",\n]\ntown = "c"\n'

    assert with_key(text, "school", "aliases", ["d"]) == '[school]\naliases = ["d"]\ntown = "c"\n'


def test_tables_of_a_list_are_replaced_where_they_stood_and_what_comes_below_stays() -> None:
    text = '[[account]]\nhandle = "a"\n\n# of the next\n[live]\nterms = "t"\n\n[[account]]\nhandle = "b"\n# kept\n'

    after = with_tables(text, "account", [{"handle": "c"}, {"handle": "d"}])

    assert (
        after
        == '[[account]]\nhandle = "c"\n\n[[account]]\nhandle = "d"\n\n\n# of the next\n[live]\nterms = "t"\n\n# kept\n'
    )
    assert "[[account]]" not in with_tables(after, "account", [])
    assert with_tables(NEW, "calendar.term", [{"name": "A", "first": date(2026, 9, 3)}]).endswith(
        "first = 2026-09-03\n"
    )
