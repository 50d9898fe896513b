"""A pack says of every clause how it is kept, exactly once, and every mistake in one is named without its value."""

from datetime import date
from pathlib import Path

import pytest

from policies.model import PackError, known_packs, load_pack, parse_pack, read_pack
from policies.question import Filter

HEAD = """
id = "ousterly-vale-2026"
title = "Social Media Policy"
edition = "2026"
adopted_on = 2026-09-01
review_by = 2027-08-31
"""


def clause(name: str, way: str) -> str:
    return f"""
[[clause]]
id = "{name}"
ref = "1"
says = "The school keeps its own counsel."
force = "must"
binds = "school"
source_sha256 = "{"0" * 64}"
{way}
"""


ASKED = 'checks = [{ check = "pupil_follower", severity = "high", parameters = { days = 7 } }]'
CHECKED = f'{ASKED}\ncovers = "part"\nnot_covered = "Nobody sees the rest."'
ATTESTED = 'attest = { role = "headteacher", every_days = 91, evidence = "The minutes." }'
UNOBSERVED = 'unobserved = "Nobody can see it."'


def test_a_clause_is_checked_attested_or_unobserved() -> None:
    text = HEAD + clause("a", CHECKED) + clause("b", ATTESTED) + clause("c", UNOBSERVED)

    pack = parse_pack(text, where="pack.toml")

    assert [c.state for c in pack.clause] == ["checked", "attested", "unobserved"]
    assert (pack.adopted_on, pack.review_by) == (date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize("ways", ["", f"{CHECKED}\n{ATTESTED}", f"{ATTESTED}\n{UNOBSERVED}", "checks = []"])
def test_a_clause_that_is_kept_in_no_way_or_in_two_is_refused(ways: str) -> None:
    with pytest.raises(PackError, match=r"clause\.0: .*exactly one of checks, attest or unobserved"):
        parse_pack(HEAD + clause("a", ways), where="pack.toml")


def test_a_clause_id_that_stands_twice_is_refused_by_name() -> None:
    with pytest.raises(PackError, match="these clause ids stand twice: a"):
        parse_pack(HEAD + clause("a", CHECKED) + clause("a", ATTESTED), where="pack.toml")


def test_every_mistake_is_named_at_once_and_no_value_with_it() -> None:
    text = HEAD.replace('"2026"', "2026") + clause("a", CHECKED).replace('"must"', '"perhaps"') + 'colour = "mauve"\n'

    with pytest.raises(PackError) as caught:
        parse_pack(text, where="pack.toml")

    told = str(caught.value)
    assert told.startswith("pack.toml: ")
    assert all(place in told for place in ("edition: ", "clause.0.force: ", "clause.0.colour: "))
    assert "perhaps" not in told
    assert "mauve" not in told


def test_a_hash_that_is_no_sha256_is_refused() -> None:
    with pytest.raises(PackError, match="source_sha256"):
        parse_pack(HEAD + clause("a", CHECKED).replace("0" * 64, "0" * 63), where="pack.toml")


def test_text_that_is_not_toml_is_refused_with_the_place() -> None:
    with pytest.raises(PackError, match=r"pack\.toml is not TOML: .*line 2"):
        parse_pack("id = 'a'\nid = = 'b'\n", where="pack.toml")


def test_the_checks_come_in_the_order_of_the_clauses_each_once() -> None:
    other = CHECKED.replace("pupil_follower", "staff_follower").replace("high", "medium")
    pack = parse_pack(HEAD + clause("a", other) + clause("b", CHECKED) + clause("c", CHECKED), where="pack.toml")

    first, question = pack.asks("pupil_follower")

    assert pack.check_ids == ("staff_follower", "pupil_follower")
    assert (first.id, question.severity, question.parameters) == ("b", "high", {"days": 7})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('covers = "part"', "", "needs covers: whole, where its checks see all"),
        ('not_covered = "Nobody sees the rest."', "", "needs not_covered: what its checks do not see, and why"),
        ('"Nobody sees the rest."', '" "', "needs not_covered: what its checks do not see, and why"),
        ('"part"', '"whole"', "not_covered belongs only in a clause that is covered in part"),
        (ASKED, UNOBSERVED, "covers belongs only in a clause that has checks"),
        (f'{ASKED}\ncovers = "part"', UNOBSERVED, "not_covered belongs only in a clause that has checks"),
        ('"must"', '"may"', "force is a permission, which nobody can break, so it can have no checks"),
    ],
)
def test_a_clause_says_how_much_of_it_its_checks_see_and_a_permission_has_none(old: str, new: str, says: str) -> None:
    text = HEAD + clause("a", CHECKED)
    assert old in text

    with pytest.raises(PackError, match=rf"clause\.0: .*{says}"):
        parse_pack(text.replace(old, new), where="pack.toml")


def test_a_check_may_be_asked_by_several_clauses_each_in_its_own_way() -> None:
    filtered = CHECKED.replace("days = 7 }", 'days = 8 }, only = { concerns = ["parent"], platforms = ["x"] }')
    pack = parse_pack(HEAD + clause("a", CHECKED) + clause("b", ATTESTED) + clause("c", filtered), where="pack.toml")

    assert [(asking.id, question.parameters["days"]) for asking, question in pack.asked("pupil_follower")] == [
        ("a", 7), ("c", 8),
    ]  # fmt: skip
    assert pack.broken_by("pupil_follower", "x", "parent", {}) == ("a", "c")
    assert pack.broken_by("pupil_follower", "youtube", "parent", {}) == ("a",)
    assert pack.broken_by("staff_follower", "x", "parent", {}) == ()


@pytest.mark.parametrize(
    ("only", "evidence", "holds"),
    [
        ({}, {}, True),
        ({"concerns": ["parent"]}, {}, False),
        ({"evidence": {"kind": ["threat", "hate"]}}, {"kind": "abuse, hate"}, True),
        ({"evidence": {"kind": ["threat"]}}, {"kind": "abuse, hate"}, False),
        ({"evidence": {"missing": ["an address"]}}, {"missing": "a website; an address"}, True),
        ({"evidence": {"kind": ["threat"]}}, {}, True),
        ({"evidence": {"kind": ["threat"]}}, {"kind": ""}, True),
    ],
)
def test_a_filter_leaves_out_only_what_is_known_to_be_another_thing(only, evidence, holds) -> None:
    assert Filter.model_validate(only).holds("x", "pupil", evidence) is holds


def test_a_check_that_no_clause_calls_for_is_a_key_error() -> None:
    pack = parse_pack(HEAD + clause("a", ATTESTED), where="pack.toml")

    with pytest.raises(KeyError, match="pupil_follower"):
        pack.asks("pupil_follower")


def test_a_pack_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + clause("a", ATTESTED), encoding="utf-8")

    assert read_pack(path).id == "ousterly-vale-2026"


def test_a_pack_that_is_absent_or_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "caf\xe9"')

    with pytest.raises(PackError, match=r"none\.toml cannot be read: No such file"):
        read_pack(tmp_path / "none.toml")
    with pytest.raises(
        PackError,
        match=r"latin\.toml is not UTF-8 text; save it as UTF-8 text \(in Notepad: Save as, Encoding: UTF-8\)\.",
    ):
        read_pack(latin)


def test_an_unknown_pack_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PackError, match=r"no pack called 'atlantis'\. Choose one of: .*corbets-tey-2022"):
        load_pack("atlantis")


@pytest.mark.parametrize("name", known_packs())
def test_every_shipped_pack_loads_under_its_own_name(name: str) -> None:
    assert load_pack(name).id == name
