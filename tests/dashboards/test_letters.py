"""A letter to a family says what is known of its own child's photograph, plainly, and not a word of anybody else."""

from dataclasses import fields, replace
from datetime import date

import pytest

from dashboards.letters.letter import Letter, NewestRun, Place, written

MONDAY, WEDNESDAY = date(2026, 11, 9), date(2026, 11, 11)
LINK = "https://x.com/i/status/104"
STANDS = Place(
    platform="x",
    handle="OusterlyVale",
    link=LINK,
    posted_on=date(2026, 10, 1),
    seen_on=MONDAY,
    due_on=date(2026, 11, 12),
    is_down=False,
)
GONE = replace(STANDS, platform="youtube", link="https://www.youtube.com/watch?v=a-1", due_on=None, is_down=True)
LETTER = Letter(
    school="Ousterly Vale School",
    written_on=WEDNESDAY,
    parents=("Ms A. Thistlewood", "Mr B. Quill"),
    child="Rosalind",
    thing="photograph",
    cause=None,
    platforms=("x", "youtube"),
    places=(),
    look=NewestRun(MONDAY, is_whole=True, began_ms=0),
    ask="Enterprise and Technology Lead",
)
PART_DOWN = """\
Ousterly Vale School
Wednesday 11 November 2026

Dear Ms A. Thistlewood and Mr B. Quill,

A photograph that shows Rosalind

The approval of this photograph has ended, so it may no longer be shown on our accounts on X and YouTube.

It stood on our accounts, and has been taken down in part:

- YouTube, @OusterlyVale, posted on Thursday 1 October 2026. We saw on Monday 9 November 2026 that it was gone. \
https://www.youtube.com/watch?v=a-1

The rest is still to be taken down:

- X, @OusterlyVale, posted on Thursday 1 October 2026. We last saw it there on Monday 9 November 2026. \
It will be down by Thursday 12 November 2026. https://x.com/i/status/104

We will look again, until we have seen that it is gone.

If you have a question, or know of another place where we show it, please ask our Enterprise and Technology Lead.

Yours sincerely,


Headteacher
Ousterly Vale School
"""


def said(**more: object) -> str:
    return written(replace(LETTER, **more))  # type: ignore[arg-type]


def test_a_whole_letter_reads_as_a_headteacher_would_sign_it() -> None:
    assert said(places=(STANDS, GONE)) == PART_DOWN


@pytest.mark.parametrize(
    ("places", "is_whole", "says", "never"),
    [
        ((GONE,), True, "has been taken down:", "still to be"),
        ((GONE,), True, "on Monday 9 November 2026, we saw every picture on our accounts on X and YouTube", "not see"),
        ((GONE,), False, "we could not see every picture on our accounts on X and YouTube, so", "not among them"),
        ((STANDS, GONE), True, "The rest is still to be taken down:", "not see"),
        ((STANDS, GONE), False, "we could not see every picture", "not among them"),
        ((STANDS,), True, "It stands on our accounts, and is still to be taken down:", "gone."),
        ((STANDS,), False, "we could not see every picture", "not among them"),
        ((), True, "and it was not among them. We will not post it.", "taken down"),
        ((), False, "we did not find it, but we could not see every picture", "not among them"),
    ],
)
def test_each_case_says_what_was_seen_and_never_more(
    places: tuple[Place, ...], is_whole: bool, says: str, never: str
) -> None:
    text = said(places=places, look=NewestRun(MONDAY, is_whole=is_whole, began_ms=0))

    assert says in text
    assert never not in text.replace("until we have seen that it is gone.", "")


@pytest.mark.parametrize(
    ("proof", "says"),
    [
        ("asked", "We asked YouTube for it on Monday 9 November 2026, and it is not there."),
        ("absent_twice", "It was missing from YouTube's whole lists again and again, the last time on Monday 9"),
        ("recorded", "Our own record of YouTube, read on Monday 9 November 2026, says that it was deleted."),
        ("put_right", "We saw on Monday 9 November 2026 that it was gone."),
    ],
)
def test_what_is_gone_is_told_with_its_proof(proof: str, says: str) -> None:
    assert says in said(places=(replace(GONE, proof=proof),))


@pytest.mark.parametrize(
    ("due", "seen", "says"),
    [
        (date(2026, 11, 12), MONDAY, "It will be down by Thursday 12 November 2026."),
        (WEDNESDAY, MONDAY, "It will be down by Wednesday 11 November 2026."),
        (date(2026, 11, 10), MONDAY, "It was to be down by Tuesday 10 November 2026. We have not looked since"),
        (MONDAY, MONDAY, "It was to be down by Monday 9 November 2026. We have not looked since"),
        (date(2026, 11, 3), MONDAY, "It was to be down by Tuesday 3 November 2026 and was not."),
        (None, MONDAY, "We will take it down."),
    ],
)
def test_no_day_is_promised_but_the_one_that_was_set(due: date | None, seen: date, says: str) -> None:
    assert says in said(places=(replace(STANDS, due_on=due, seen_on=seen),))


def test_the_school_is_sorry_once_for_what_is_late_and_only_then() -> None:
    late = replace(STANDS, due_on=date(2026, 11, 3))

    assert said(places=(late, late, STANDS, GONE)).count("We are sorry that it is not down yet. We will look") == 1
    assert "sorry" not in said(places=(STANDS, GONE))
    assert "sorry" not in said(places=(GONE,))
    assert "sorry" not in said(places=(replace(STANDS, due_on=STANDS.seen_on),))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"cause": "consent"}, "consent for pictures of Rosalind has been refused or withdrawn. This photograph shows"),
        ({"cause": "left"}, "Our records say that Rosalind has left our school. The approval of this photograph"),
        ({"cause": None}, "\n\nThe approval of this photograph has ended, so it may no longer be shown"),
        ({"cause": None, "thing": "video"}, "\n\nThe approval of this video has ended, so it may no longer"),
        ({"parents": ()}, "Dear parent or carer of Rosalind,"),
        ({"parents": ()}, "Yours faithfully,"),
        ({"parents": (), "child": None}, "Dear parent or carer,\n\nA photograph that shows your child\n"),
        ({"parents": ("Ms A. Thistlewood",)}, "Dear Ms A. Thistlewood,"),
        ({"parents": ("A", "B", "C")}, "Dear A, B and C,"),
        ({"platforms": ("x",)}, "on our accounts on X."),
        ({"platforms": ()}, "may no longer be shown on our accounts."),
        ({"places": (replace(GONE, handle=None, posted_on=None),)}, "\n- YouTube. We saw on Monday"),
        (
            {"places": (replace(GONE, in_comment=True),)},
            "@OusterlyVale, in a comment by somebody else beneath what we posted on Thursday 1 October 2026. We saw",
        ),
        (
            {"places": (replace(GONE, in_comment=True, posted_on=None),)},
            "@OusterlyVale, in a comment by somebody else on our channel. We saw",
        ),
    ],
)
def test_what_is_not_known_is_left_out(more: dict[str, object], says: str) -> None:
    assert says in said(**more)


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("{{ letter.school }}", "{{ letter.school }}"),
        ("{% include 'why.txt' %}", "{% include 'why.txt' %}"),
        ("<b>Ro</b> & Co", "<b>Ro</b> & Co"),
        ("Ro\nDear all,\r\n\u2028x", "Ro Dear all, x"),
        ("Ro\u202esalind\u2066\u200b", "Rosalind"),
        ("Zo\u00eb \u0141uk\u00e1\u0161", "Zo\u00eb \u0141uk\u00e1\u0161"),
    ],
)
def test_a_hostile_name_is_plain_text_on_its_own_line(hostile: str, shown: str) -> None:
    plain = said(places=(STANDS,)).splitlines()

    text = said(parents=(hostile,), child=hostile, school=hostile, places=(replace(STANDS, handle=hostile),))

    assert len(text.splitlines()) == len(plain)
    assert f"Dear {shown}," in text
    assert not set("\u202e\u2066\u200b\u2028\r") & set(text)


def test_a_letter_has_no_room_for_anybody_else() -> None:
    assert [one.name for one in fields(Letter)] == [
        *("school", "written_on", "parents", "child", "thing", "cause", "platforms", "places", "look", "ask"),
        "references",
    ]
    assert [one.name for one in fields(Place)] == [
        *("platform", "handle", "link", "posted_on", "seen_on", "due_on", "is_down", "in_comment", "proof")
    ]
