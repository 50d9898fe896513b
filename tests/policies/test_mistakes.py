"""Every mistake of a pack is told at once, each with the line where it is put right."""

from importlib import resources

import pytest

from flows.home.policy import known_checks
from policies.documents import Document
from policies.drafting.skeleton import skeleton
from policies.mistakes import mistakes_in
from policies.model import PackError, known_packs, parse_pack

KNOWN = known_checks()
SOUND = f"""\
id = "own"
title = "Our policy"
edition = "2026"
adopted_on = 2026-09-01
review_by = 2027-08-31
background = ["{"b" * 64}"]

[[clause]]
id = "a"
ref = "1"
says = "No pupil follows."
force = "must"
binds = "pupils"
source_sha256 = "{"a" * 64}"
checks = [
    {{ check = "pupil_follower", severity = "high" }},
    {{ check = "posting_hours", severity = "low", parameters = {{ from_hour = 8 }} }},
    {{ check = "alt_text", severity = "low", parameters = {{ look_back_days = 1 }} }},
]
tell = [{{ role = "parents", when = "Always." }}]
covers = "part"
not_covered = "What nobody sees."

[[clause]]
id = "b"
ref = "2"
says = "Passwords are changed."
force = "should"
binds = "staff"
besides = "The law."
attest = {{ role = "headteacher", every_days = 91, evidence = "The log.", ended_by = ["pupil_follower"] }}
"""


def told(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.says) for one in mistakes_in(text, KNOWN)]


def test_a_sound_pack_has_none():
    assert told(SOUND) == []
    assert parse_pack(SOUND, where="own.toml").id == "own"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('title = "Our policy"', 'title = ""', 2, "title: is still to fill in."),
        ('title = "Our policy"', "", 1, "title: is missing."),
        ("edition", "editoin", 3, "editoin: is not a key that belongs here; is it edition?"),
        (
            "adopted_on = 2026-09-01",
            'adopted_on = "soon"',
            4,
            "adopted_on: must be a day, year first and without quotation m",
        ),
        ("b" * 64, "b" * 63, 6, "background 1: must be a SHA-256: 64 hexadecimal digits, in small letters."),
        ("b" * 64, "a" * 64, 14, "clause 1 (a), source_sha256: this hash stands in background too."),
        ('says = "No pupil follows."', 'says = " "', 11, "clause 1 (a), says: is still to fill in."),
        ('"must"', '"shall"', 12, "clause 1 (a), force: must be 'must', 'should' or 'may'."),
        ('"pupil_follower", s', '"pupil_folower", s', 16, "checks 1, check: there is no such check; is it pupil_fol"),
        ('"high"', '"grave"', 16, "clause 1 (a), checks 1, severity: must be 'critical', 'high', 'medium' or 'low'."),
        ("from_hour", "form_hour", 17, "posting_hours has no parameter called form_hour; it has: from_hour, look_ba"),
        ("from_hour = 8", 'from_hour = "8"', 17, "posting_hours needs from_hour to be a whole number from 0 to 24."),
        ("from_hour = 8", "weekends = 1", 17, "posting_hours needs weekends to be true or false."),
        ("from_hour = 8", "look_back_days = -3", 17, "posting_hours needs look_back_days to be a whole number from 1"),
        ('"high"', '"high", graver = { band = "critical" }', 16, "checks 1, graver: is called escalation now."),
        (
            '"high"',
            '"high", escalation = { bnad = "critical" }',
            16,
            "pupil_follower has no evidence bnad, so nothing",
        ),
        ('"high"', '"high", parameters = { x = 1 }', 16, "x: pupil_follower has no parameter called x; it has: none."),
        (
            '"parents"',
            '"press"',
            20,
            "clause 1 (a), tell 1, role: must be one of headteacher, chair_of_governors, dsl,",
        ),
        ('id = "b"', 'id = "a"', 25, "clause 2 (a), id: an earlier clause has this id."),
        ('besides = "The law."', "", 24, "clause 2 (b): needs source_sha256, or besides for a duty that stands in no"),
        (
            "besides",
            'unobserved = "-"\nbesides',
            24,
            "clause 2 (b): needs exactly one of checks, attest or unobserved.",
        ),
        (
            '"headteacher", e',
            '"parents", e',
            31,
            "clause 2 (b), attest, role: must be one of headteacher, chair_of_gov",
        ),
        ('"The log."', '""', 31, "clause 2 (b), attest, evidence: is still to fill in."),
        ("91", "0", 31, "clause 2 (b), attest, every_days: must be greater than 0."),
        ('["pupil_follower"]', '["pupil"]', 31, "attest, ended_by 1: there is no such check"),
        ("every_days = 91, ", "", 31, "clause 2 (b), attest, every_days: is missing."),
        ('id = "b"', 'id = "b', 25, "this is not TOML: "),
        (
            'covers = "part"\n',
            "",
            8,
            "clause 1 (a): needs covers: whole, where its checks see all that it asks, or par",
        ),
        ('"part"', '"all"', 21, "clause 1 (a), covers: must be 'whole' or 'part'."),
        ('"part"', '"whole"', 22, "clause 1 (a), not_covered: belongs only in a clause that is covered in part."),
        ('"part"', '"whole"', 16, "clause 1 (a), checks 1: pupil_follower does not see all that it asks, so the cla"),
        ('"What nobody sees."', '""', 8, "clause 1 (a): needs not_covered: what its checks do not see, and why."),
        (
            'besides = "',
            'covers = "whole"\nbesides = "',
            30,
            "clause 2 (b), covers: belongs only in a clause that has checks.",
        ),
        ('"must"', '"may"', 12, "clause 1 (a), force: is a permission, which nobody can break, so it can have no "),
    ],
)
def test_each_mistake_has_its_line(old, new, line, says):
    assert old in SOUND

    found = told(SOUND.replace(old, new, 1))

    assert [one for one, what in found if says in what] == [line], found


def test_an_attestation_that_no_clauses_check_could_end_is_a_mistake():
    text = SOUND.replace('    { check = "pupil_follower", severity = "high" },\n', "")
    where = "clause 2 (b), attest, ended_by 1"

    assert told(text) == [
        (30, f"{where}: no clause of the pack asks pupil_follower, so it would never end this attestation."),
    ]


@pytest.mark.parametrize(("concern", "is_asked"), [("parent", True), ("staff", False)])
def test_an_attestation_that_is_ended_by_what_every_clause_leaves_out_is_a_mistake(concern, is_asked):
    ending = f'{{ check = "following_person", only = {{ concerns = ["{concern}"] }} }}'
    text = SOUND.replace('["pupil_follower"]', f"[{ending}]").replace(
        '    { check = "posting_hours"', f'    {FOLLOWS}\n    {{ check = "posting_hours"', 1
    )
    where, says = "clause 2 (b), attest, ended_by 1", "so that would never end this attestation."

    assert told(text) == (
        [] if is_asked else [(32, f"{where}: no clause of the pack asks following_person about staff, {says}")]
    )


FOLLOWS = '{ check = "following_person", severity = "low", only = { concerns = ["parent"] } },'


@pytest.mark.parametrize(
    ("only", "says"),
    [
        ('platforms = ["x"], concerns = ["parent"], evidence = { band = ["likely", "declared"] }', None),
        ('platforms = ["youtube"]', "never answers with youtube; it may be one of: x."),
        ('concerns = ["parents"]', "never answers with parents; it may be one of: pupil, staff, "),
        ('evidence = { bands = ["likely"] }', "has no evidence bands, so nothing would break the clause."),
        ('evidence = { band = ["sure"] }', "never answers with sure; it may be one of: declared, likely."),
        ('evidence = { signs = ["The name."] }', "declares no list of what signs may be, so a clause "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["a question", "an ending"])
def test_a_filter_that_no_exception_could_pass_is_a_mistake(where, only, says):
    text = SOUND.replace("checks = [\n", f"checks = [\n    {FOLLOWS}\n", 1)
    if where == "a question":
        text = text.replace('concerns = ["parent"]', only)
    else:
        text = text.replace('["pupil_follower"]', f'[{{ check = "following_person", only = {{ {only} }} }}]')

    found = told(text)

    assert [what for _, what in found if says and says in what] == [what for _, what in found]
    assert len(found) == (says is not None)


def test_many_mistakes_are_all_told_at_once_in_the_order_of_their_lines():
    text = (
        SOUND.replace('title = "Our policy"', 'title = ""')
        .replace('"must"', '"shall"')
        .replace("from_hour", "form_hour")
        .replace('"parents"', '"press"')
        .replace('id = "b"', 'id = "a"')
        .replace('besides = "The law."', "")
    )

    assert [line for line, _ in told(text)] == [2, 12, 17, 20, 24, 25]


def test_a_broken_clause_hides_no_mistake_of_the_others():
    text = SOUND.replace('says = "No pupil follows."', 'says = "No pupil').replace('"should"', '"maybe"')

    assert [(line, says.partition(":")[0]) for line, says in told(text)] == [
        (11, "this is not TOML"),
        (28, "clause 1 (b), force"),
        (31, "clause 1 (b), attest, ended_by 1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clause = 3",
        "clause = []",
        "clause = [3, 4]",
        "[clause]\nid = 1",
        "[[clause]]",
        "[[clause]]\nid = 3\nchecks = 3\ntell = 3\nattest = 3\nsource_sha256 = 3\nsays = 3",
        "[[clause]]\nchecks = [3]\ntell = [3]\nattest = { ended_by = [3], role = 3, evidence = 3 }",
        '[[clause]]\nchecks = [{ check = 3, parameters = 3 }, { check = "alt_text", parameters = 3 }]',
        "background = 3",
        "background = [[3]]",
        '[[clause]]\nchecks = [{ check = ["x"] }]\nsource_sha256 = ["a"]',
        '[[clause]]\nchecks = [{ check = { a = 1 }, severity = ["high"], parameters = { b = [[]] } }]',
        '[[clause]]\nid = ["a"]\nattest = { role = ["a"], ended_by = [["a"]] }\ntell = [{ role = ["a"] }]',
        '[[clause]]\nchecks = [{ check = "register_fresh", parameters = { registers = [["a"]], days = { a = 1 } } }]',
        "\x00",
    ],
)
def test_whatever_is_wrong_there_are_mistakes_and_no_other_end(text):
    assert mistakes_in(text, KNOWN)
    with pytest.raises(PackError):
        parse_pack(text, where="own.toml")


@pytest.mark.parametrize("text", ["a=" + "[" * 5000, f"a={'[' * 5000}{']' * 5000}", "a=" + "{b=" * 5000])
def test_a_text_with_too_many_brackets_is_not_toml(text):
    assert [line for line, says in told(text) if says.startswith("this is not TOML: ")] == [1]
    with pytest.raises(PackError, match=r"own\.toml is not TOML: "):
        parse_pack(text, where="own.toml")


def test_a_draft_has_no_mistake_and_one_with_a_way_beside_its_proposal_has():
    text = skeleton(Document("policy.txt", "Staff must wait.\nPupils should ask."))

    assert told(text) == []
    both = text.replace("\n[clause.proposed]", '\nunobserved = "-"\n[clause.proposed]', 1)

    assert [what for _, what in told(both)] == ["clause 1 (1): needs exactly one of checks, attest or unobserved."]


@pytest.mark.parametrize("name", known_packs())
def test_a_shipped_pack_has_no_mistake(name):
    text = resources.files("policies.packs").joinpath(f"{name}.toml").read_text(encoding="utf-8")

    assert told(text) == []
