"""school.toml is read strictly: every mistake is named at once, and nothing secret has a place in it."""

from decimal import Decimal
from pathlib import Path

import pytest

from policies.question import ClauseSettings
from policies.school import School
from policies.school_file import SchoolError, read_school

LEAST = """
[school]
id = "ousterly-vale"
name = "Ousterly Vale School"
pack = "corbets-tey-2022"
"""

WHOLE = """
registers = { pupils = "pupils.csv", photographs = "photographs.xlsx" }
roles = { headteacher = "Principal" }

[school]
id = "ousterly-vale"
name = "Ousterly Vale School"
aliases = ["Ousterly Vale", "OVS"]
town = "Ousterly"
timezone = "Europe/Dublin"
pack = "corbets-tey-2022"
bands = ["declared", "likely"]

[[account]]
platform = "x"
account_id = "1001"
handle = "OusterlyVale"
reads = "archive"
archive = "twitter.zip"

[[account]]
platform = "youtube"
account_id = "UCousterlyvale0000000000"
handle = "@ousterlyvale"

[live]
decided_by_role = "headteacher"
decided_on = 2026-09-01
terms = "X developer agreement of 2026"
dpia = "DPIA 12"

[budget]
usd_per_run = 2.50
"""


def school(tmp_path: Path, text: str) -> School:
    path = tmp_path / "school.toml"
    path.write_text(text, encoding="utf-8")
    return read_school(path)


def test_the_least_that_a_school_must_say_has_safe_defaults(tmp_path: Path) -> None:
    found = school(tmp_path, LEAST)

    assert found.id == "ousterly-vale"
    assert (found.account, found.live, found.registers) == ((), None, {})
    assert (found.budget.usd_per_run, found.budget.units_per_run) == (Decimal("5.00"), 2_000)
    assert found.school.bands == ("declared", "likely", "possible")


def test_all_that_a_school_can_say_is_read(tmp_path: Path) -> None:
    found = school(tmp_path, WHOLE)

    assert [(a.platform, a.reads, a.archive) for a in found.account] == [
        ("x", "archive", "twitter.zip"),
        ("youtube", "owned", None),
    ]
    assert found.budget.usd_per_run == Decimal("2.5")
    assert found.live is not None
    assert (found.roles, found.school.nation) == ({"headteacher": "Principal"}, None)
    assert found.school.timezone == "Europe/Dublin"
    assert found.registers["photographs"] == "photographs.xlsx"


def test_a_school_says_its_nation_and_sets_owner_days_and_severity_by_clause(tmp_path: Path) -> None:
    own = 'nation = "wales"\n[clauses."6-followers"]\nowner = "headteacher"\ndays = 3\nseverity = "high"\n'

    found = school(tmp_path, LEAST + own)

    assert found.school.nation == "wales"
    assert found.clauses == {"6-followers": ClauseSettings(owner="headteacher", days=3, severity="high")}


def test_a_school_says_about_how_many_rows_its_registers_have(tmp_path: Path) -> None:
    found = school(tmp_path, LEAST + '[registers]\nstaff = "staff.csv"\n[registers.expected]\nstaff = 80\n')

    assert (found.registers, found.expected) == ({"staff": "staff.csv"}, {"staff": 80})


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'archive = "twitter.zip"',
            "",
            r'line 14: account 1 .x.: reads = "archive" and archive = "FILE\.zip" go together\.$',
        ),
        ('reads = "archive"', 'reads = "owned"', r"line 14: account 1 \(x\): .*go together"),
        (
            'handle = "@ousterlyvale"',
            'handle = "@o"\nreads = "bearer"',
            r"account 2 \(youtube\): .*on YouTube cannot be read so",
        ),
        (
            'platform = "youtube"\naccount_id = "UCousterlyvale0000000000"',
            'platform = "x"\naccount_id = "1001"',
            "account stands twice",
        ),
        (
            'timezone = "Europe/Dublin"',
            'timezone = "Mars/Olympus"',
            r"line 10: school, timezone: is not a time zone such as Europe/London\.$",
        ),
        ('timezone = "Europe/Dublin"', 'timezone = "/etc/passwd"', r"school, timezone: is not a time zone"),
        ('town = "Ousterly"', 'password = "hush"', r"line 9: school, password: is not a key that belongs here\.$"),
        (
            'id = "ousterly-vale"',
            'id = "Ousterly Vale"',
            r"line 6: school, id: must be 2 to 41 small letters, digits and hyphens, such as hill-view\.$",
        ),
        ("pupils =", "visitors =", r"registers, visitors: is not a key that belongs here\.$"),
        ("pupils =", "expected = { pupils = 0 }, pupils =", r"registers, expected, pupils: must be greater than 0\.$"),
        (
            "pupils =",
            "expected = { visitors = 9 }, pupils =",
            r"registers, expected, visitors: must be 'pupils', .* or 'accounts'\.$",
        ),
        (
            "pupils =",
            "columns = { visitors = { Pass = 'person_id' } }, pupils =",
            r"registers, columns, visitors: must be 'pupils', .* or 'accounts'\.$",
        ),
        ('"Principal"', '"head@ousterly.example"', r"line 3: roles: has for headteacher no title, such as"),
        (
            "headteacher =",
            "head =",
            r"line 3: roles: knows no role head; there are: headteacher, chair_of_governors, .*",
        ),
        (
            'town = "Ousterly"',
            'nation = "cornwall"',
            r"school, nation: must be 'england', 'wales', 'scotland' or 'north",
        ),
        (
            "[budget]",
            '[clauses."6-followers"]\nowner = "parents"\n[budget]',
            r"clauses, 6-followers, owner: must be one of headteacher, .*it_technician\.$",
        ),
        (
            "[budget]",
            "[clauses.a]\nday = 3\n[budget]",
            r"clauses, a, day: is not a key that belongs here; is it days\?",
        ),
        ("[budget]", "[clauses.a]\ndays = -1\n[budget]", r"clauses, a, days: must be greater than or equal to 0\."),
        (
            "pupils =",
            "columns = { pupils = 'Roll' }, pupils =",
            r"registers, columns, pupils: must be a table of its own, with its keys below it\.$",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SchoolError, match=told):
        school(tmp_path, WHOLE.replace(old, new))


def test_the_schools_own_headings_stand_beside_the_files(tmp_path: Path) -> None:
    columns = '[registers]\npupils = "p.csv"\n[registers.columns.pupils]\n"Photograph Student" = "picture_consent"\n'

    found = school(tmp_path, LEAST + columns)

    assert found.registers == {"pupils": "p.csv"}
    assert found.columns == {"pupils": {"Photograph Student": "picture_consent"}}


def test_no_value_is_repeated_in_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SchoolError) as caught:
        school(tmp_path, LEAST + 'password = "hush"\n')

    assert "hush" not in str(caught.value)


def test_a_file_that_is_absent_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SchoolError, match=r"school\.toml cannot be read: No such file or directory\."):
        read_school(tmp_path / "school.toml")


def test_a_file_that_is_not_toml_or_not_utf8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'name = "caf\xe9"')

    with pytest.raises(SchoolError, match=r"school\.toml, line 1: this is not TOML: a bracket is missing\.$"):
        school(tmp_path, "[school")
    with pytest.raises(
        SchoolError,
        match=r"latin\.toml is not UTF-8 text; save it as UTF-8 text \(in Notepad: Save as, Encoding: UTF-8\)\.",
    ):
        read_school(latin)


@pytest.mark.parametrize("pack", ["corbets-tey-2022", "own.toml", "policies/own.toml"])
def test_a_school_names_a_shipped_pack_or_a_file_of_its_own_and_maybe_its_text(tmp_path, pack):
    found = school(tmp_path, LEAST.replace("corbets-tey-2022", pack) + 'policy_source = "policy.docx"\n')

    assert (found.school.pack, found.school.policy_source) == (pack, "policy.docx")
    assert school(tmp_path, LEAST).school.policy_source is None


@pytest.mark.parametrize("path", ["/etc/own.toml", "../own.toml", "a/../../own.toml", "..\\own.toml", "C:own.toml"])
@pytest.mark.parametrize("key", ["pack", "policy_source"])
def test_no_file_outside_the_schools_folder_can_be_named(tmp_path, key, path):
    text = LEAST.replace('pack = "corbets-tey-2022"\n', "") + 'pack = "own.toml"\n' * (key != "pack")

    with pytest.raises(SchoolError, match=rf"school, {key}: must be a file in the school's own folder"):
        school(tmp_path, f"{text}{key} = '{path}'\n")


def test_how_long_the_school_keeps_what_is_read_and_what_cannot_be_is_said_with_its_line(tmp_path: Path) -> None:
    found = school(tmp_path, LEAST + "[retention]\nplatform_records = 200\nreports = 7\n").retention

    assert (found.platform_records, found.reports, found.registers, found.access_log) == (200, 7, 90, 365)
    with pytest.raises(SchoolError) as refused:
        school(tmp_path, LEAST + "[retention]\nregisters = 3\nreports = 29\nregistrs = 90\n")
    sentences = refused.value.sentences
    assert [sentence.split(":")[0] for sentence in sentences] == [f"school.toml, line {line}" for line in (7, 8, 9)]
    assert "registers" in sentences[2]
