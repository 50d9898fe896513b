"""Everything in a TOML text has its line, and each broken clause is told of by itself."""

import tomllib

import pytest

from policies.lines import lines_of, read_lines
from policies.model import known_packs

TEXT = '''\
# a comment with [[clause]] in it
id = "a"          # and = another
"title" = """
[[clause]]
id = "not one"
"""
background = [
    "one", # the first
    "two",
]
school.name = 'x'

[[clause]]
id = "a"
checks = [
    { check = "c", severity = "high", parameters = { days = 7, roles = ["x", "y"] } },
    { check = "d", severity = "low" },
]

  [[ clause ]]
  id = 1979-05-27T07:32:00.5Z
  [clause.attest]
  role = "dpo"

  [[clause.tell]]
  role = "dsl"
  [[clause.tell]]
  role = \'\'\'a
b\'\'\'
  when = "x"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("title",), 3),
        (("background",), 7),
        (("background", 0), 8),
        (("background", 1), 9),
        (("school", "name"), 11),
        (("clause", 0), 13),
        (("clause", 0, "id"), 14),
        (("clause", 0, "checks", 0), 16),
        (("clause", 0, "checks", 0, "parameters", "roles", 1), 16),
        (("clause", 0, "checks", 1), 17),
        (("clause", 0, "checks", 1, "severity"), 17),
        (("clause", 1), 20),
        (("clause", 1, "attest"), 22),
        (("clause", 1, "attest", "role"), 23),
        (("clause", 1, "tell", 0, "role"), 26),
        (("clause", 1, "tell", 1), 27),
        (("clause", 1, "tell", 1, "when"), 30),
    ],
)
def test_each_path_has_its_line(path, line):
    assert lines_of(TEXT)[path] == line


def test_what_is_not_written_has_the_line_of_what_it_should_stand_in():
    written = read_lines(TEXT)

    assert written.line_of(("clause", 0, "checks", 1, "escalation", "threat")) == 17
    assert written.line_of(("clause", 1, "says")) == 20
    assert written.line_of(("edition",)) == 1


def paths(value, path=()):
    """Yield every path of read TOML."""
    if path:
        yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in below:
        yield from paths(inner, (*path, part))


@pytest.mark.parametrize(
    "text",
    [TEXT, "a = 1\r\n[[clause]]\r\nid = 'x'\r\n", "", "# only a comment"],
    ids=["whole", "windows", "empty", "comment"],
)
def test_no_path_is_without_a_line(text):
    assert set(paths(tomllib.loads(text))) - lines_of(text).keys() == set()


@pytest.mark.parametrize("name", known_packs())
def test_no_path_of_a_shipped_pack_is_without_a_line_that_names_it(name):
    from importlib import resources

    text = resources.files("policies.packs").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    lines, found = text.splitlines(), lines_of(text)

    assert set(paths(tomllib.loads(text))) - found.keys() == set()
    keys = [(path, line) for path, line in found.items() if isinstance(path[-1], str)]
    assert [path for path, line in keys if str(path[-1]) not in lines[line - 1]] == []


def test_every_clause_that_is_not_toml_is_told_of_and_the_others_are_read():
    written = read_lines('id = "a"\n\n[[clause]]\nid = "x\n\n[[clause]]\nid = "y"\n\n[[clause]]\nid = = "z"\nends')

    assert [(one.line, one.says) for one in written.broken] == [
        (4, "a quotation mark is missing"),
        (10, "Invalid value"),
    ]
    assert written.data == {"id": "a", "clause": [{"id": "y"}]}
    assert written.line_of(("clause", 0, "id")) == 7


def test_text_that_breaks_off_is_told_of_at_its_last_line():
    assert [one.line for one in read_lines('id = "a"\nbackground = [\n    "b",\n').broken] == [3]


def test_a_text_whose_parts_are_sound_and_whose_whole_is_not_is_told_of_once():
    written = read_lines('[[clause]]\nid = "a"\n[clause.attest]\n[clause.attest.role]\n[clause]\nid = "b"\n')

    assert [one.line for one in written.broken] == [5]
