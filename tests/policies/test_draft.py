"""A policy's own text becomes a pack to fill in: a clause for each sentence that obliges, the rest as background."""

import tomllib

import pytest

from policies.coverage import sentences, sha256_of
from policies.documents import Document
from policies.draft import guess_all
from policies.drafting.skeleton import skeleton
from policies.guesses import binds, force_of, is_heading
from policies.model import Pack

TEXT = """\
Ousterly Vale School
Social Media Policy
Introduction
Many people enjoy social media. It brings risks.
4. RESPONSIBILITIES
Headteachers:
- Must look into every allegation; and
- Should hold a meeting each term.
School staff
Staff should decline requests. They may tell a colleague.
4.1 Under no circumstances should pictures be sold.
(i) That nobody lends a password;
Employees must not:
- bring the school into disrepute;
- lead to "complaints".
Page of Ousterly
A. Pupils
Pupils do not follow the school's account.
Please report anything odd.
Page of Ousterly
Review
This policy was agreed.
Page of Ousterly
"""

DRAWN = """
 1 | -      |                           | Ousterly Vale School
 2 | -      |                           | Social Media Policy
 3 | -      |                           | Introduction
 4 | -      |                           | Many people enjoy social media.
 5 | -      |                           | It brings risks.
 6 | -      |                           | RESPONSIBILITIES
 7 | -      |                           | Headteachers:
 8 | must   | 4, headteachers, bullet 1 | Must look into every allegation; and
 9 | should | 4, headteachers, bullet 2 | Should hold a meeting each term.
10 | -      |                           | School staff
11 | should | 4, school staff, sentence 1 | Staff should decline requests.
12 | may    | 4, school staff, sentence 2 | They may tell a colleague.
13 | must   | 4.1, sentence 1           | 4.1 Under no circumstances should pictures be sold.
14 | must   | 4.1, (i)                  | That nobody lends a password;
15 | -      |                           | Employees must not:
16 | must   | 4.1, bullet 1             | bring the school into disrepute;
17 | must   | 4.1, bullet 2             | lead to "complaints".
18 | -      |                           | Page of Ousterly
19 | -      |                           | A.
20 | -      |                           | Pupils
21 | must   | A, sentence 1             | Pupils do not follow the school's account.
22 | must   | A, sentence 2             | Please report anything odd.
23 | -      |                           | Page of Ousterly
24 | -      |                           | Review
25 | -      |                           | This policy was agreed.
26 | -      |                           | Page of Ousterly
"""


def test_each_sentence_is_guessed_at_in_order():
    rows = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]

    found = [
        [str(one.number), one.force or "-", one.ref if one.force else "", " ".join(one.text.split())]
        for one in guess_all(TEXT)
    ]

    assert found == rows


def test_every_sentence_is_in_the_skeleton_once_as_a_clause_or_as_background():
    pack = tomllib.loads(skeleton(Document("policy.txt", TEXT)))

    told = [one["source_sha256"] for one in pack["clause"]]
    assert [*told, *pack["background"]] == [*dict.fromkeys(told), *dict.fromkeys(pack["background"])]
    assert {*told, *pack["background"]} == {sha256_of(one) for one in sentences(TEXT)}
    assert [one["id"] for one in pack["clause"]] == ["8", "9", "11", "12", "13", "14", "16", "17", "21", "22"]
    assert [one["binds"] for one in pack["clause"]][:5] == ["headteacher", "headteacher", "staff", "staff", "school"]


def test_a_draft_is_a_pack_in_which_nothing_is_mapped_yet():
    drafted = Pack.model_validate(tomllib.loads(skeleton(Document("policy.txt", TEXT))))

    assert (drafted.id, drafted.title, drafted.edition, drafted.made_from) == (
        "policy",
        "policy",
        "as drafted",
        "policy.txt",
    )
    assert [clause.state for clause in drafted.clause] == ["not_mapped"] * 10
    assert drafted.clause[6].says == "Employees must not: bring the school into disrepute;"


def test_a_skeleton_shows_each_sentence_whole_with_its_lead_in():
    made = skeleton(Document("policy.txt", "Staff must not:\n- keep one two three four five six seven eight apart."))

    assert "# Sentence 2: Staff must not: keep one two three four five six seven eight apart.\n" in made


@pytest.mark.parametrize(
    "name", ['od"d.docx', "back\\slash.txt", "new\nline.txt", "caf\u00e9.pdf", "\u2026.txt", "x\x7fy.md"]
)
@pytest.mark.parametrize(
    "line",
    ['Staff must say "no" \\ twice\x7f.', "Staff must \ud83d\ude00 wait\u2028now.", "\u201cMust\u201d ''' \"\"\" #]]"],
)
def test_a_skeleton_is_toml_whatever_the_policy_is_called_and_says(name, line):
    text = f'"Heading" \\ \x7f\n{line}'.encode("utf-16", "surrogatepass").decode("utf-16")

    pack = tomllib.loads(skeleton(Document(name, text)))

    assert len(pack["clause"]) + len(pack["background"]) == len(set(sentences(text)))


def test_a_sentence_that_obliges_in_one_place_is_never_background_too():
    text = "Staff must:\n- wait\nOther words\n\nSchool day.\n- wait\n"

    pack = tomllib.loads(skeleton(Document("policy.txt", text)))

    assert not {one["source_sha256"] for one in pack["clause"]} & set(pack["background"])


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("Staff must not follow pupils.", "must"),
        ("The use of personal telephones is not permitted.", "must"),
        ("Pupils may not post.", "must"),
        ("Pictures can only be taken with consent.", "must"),
        ("Parents are to ask first.", "must"),
        ("Not give a number to pupils.", "must"),
        ("Ensure that settings are private.", "must"),
        ("Staff are expected to be kind.", "should"),
        ("We recommend a separate address.", "should"),
        ("Parents may take pictures.", "may"),
        ("We would like parents to ask first.", "should"),
        ("We like social media.", None),
        ("Social media are widely used.", None),
        ("This is a dismissal.", None),
        ("A mustard-yellow mayfly.", None),
    ],
)
def test_how_strongly_a_sentence_obliges_is_guessed_from_its_words(sentence, force):
    assert force_of(sentence) == force


@pytest.mark.parametrize(
    ("sentence", "heading", "who"),
    [
        ("Staff must decline requests from pupils.", "All pupils", "staff"),
        ("Will review this policy with parents.", "School governors", "governors"),
        ("Under no circumstances should parents film.", "", "parents"),
        ("The co-headteacher must tell staff.", "", "headteacher"),
        ("Children must ask.", "", "pupils"),
        ("Accounts must be registered.", "", "school"),
    ],
)
def test_whom_a_sentence_binds_is_whoever_stands_before_its_verb_or_in_its_heading(sentence, heading, who):
    assert binds(sentence, heading) == who


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("4. RESPONSIBILITY AND ACCOUNTABILITY", True),
        ("Inappropriate use of social networking sites by parents", True),
        ("Headteachers:", True),
        ("Staff must:", False),
        ("The purpose of this policy is to ensure:-", False),
        ("The groups are named in this list as follows:", False),
        ("Pupils must not follow", False),
        ("Pupils follow.", False),
        ("---", False),
        ("", False),
    ],
)
def test_a_heading_is_short_unfinished_and_obliges_nobody(line, is_one):
    assert is_heading(line) == is_one


@pytest.mark.parametrize(
    ("line", "obliges"),
    [
        ("Review: September 2025", True),
        ("Review Date September 2025", True),
        ("Next review due: 1 March 2027", True),
        ("Reviewed: September 2024", False),
        ("Date of last review: September 2024", False),
        ("Review", False),
        ("Policy review 2024", False),
    ],
)
def test_the_day_of_the_next_review_is_kept_to_and_that_of_the_last_is_told(line, obliges):
    one = guess_all(f"Pupils must not shout.\n{line}\nPupils must not whisper.\n")[1]

    assert (one.text, one.force) == (line, "must" if obliges else None)
