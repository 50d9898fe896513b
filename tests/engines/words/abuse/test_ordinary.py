"""Words that accuse or threaten are not sure where what follows makes an ordinary day of them, and sure where not."""

import pytest

from engines.words import read_texts
from engines.words.signs import signs_of

CASES = [
    ("allegation", "coach pocketed the ball", "coach pocketed the raffle money"),
    ("allegation", "mrs lane pocketed a conker", "mrs lane pocketed the lot"),
    ("allegation", "mr lowe stole the show", "mr lowe stole the trip money"),
    ("allegation", "mr hobb beats the kids at chess", "mr hobb beats the kids at home"),
    ("allegation", "full marks on his test from mr voss", "finger marks on his arm from mr voss"),
    ("allegation", "head changed the marks page so it reads well", "head changed the marks so it reads well"),
    ("allegation", "head is too friendly with the students union", "head is too friendly with the students"),
    ("abuse", "the deputy is a thief in the panto", "the deputy is a thief"),
    ("abuse", "mr hale was a right pig in our nativity", "mr hale was a right pig in our lesson"),
    ("allegation", "the clerk sold the paper planes", "the exams officer sold the paper"),
    ("allegation", "mrs hurn locked a book in the cupboard", "mrs hurn locked a boy in the cupboard"),
    ("allegation", "mr hall stole second base", "mr hall stole our second lunch money"),
    ("threat", "put him in the wheelchair basketball team", "put him in the wheelchair for good"),
    ("threat", "gas them all up, they were ace", "gas them all, they were here"),
    ("threat", "hope you get battered fish tonight", "hope you get battered tonight"),
    ("threat", "someone smack him a pass", "someone smack him in the mouth"),
    ("threat", "can someone shoot her a message", "can someone shoot her"),
    ("threat", "someone burn him a copy of the concert", "someone burn him alive"),
    ("threat", "someone please run them over to the hall", "someone please run them over"),
    ("threat", "the nets should be hung from the goalposts", "they should be hung from the goalposts"),
    ("threat", "she deserves a bullet point", "she deserves a bullet"),
    ("threat", "mind the step and don't break your neck", "grass and i'll break your neck"),
    ("threat", "be a shame if something happened to the cake", "be a shame if something happened to the kids"),
]


@pytest.mark.parametrize(("family", "ordinary", "harm"), CASES)
def test_an_ordinary_day_is_left_to_a_person_and_harm_is_sure(family: str, ordinary: str, harm: str) -> None:
    assert family not in signs_of(ordinary, "comment")
    assert family in signs_of(ordinary, "comment", doubts=True)
    assert family in signs_of(harm, "comment")


@pytest.mark.parametrize(
    "mixed",
    [
        "someone smack him a pass, i'll kill you",
        "i'll kill you, someone smack him a pass",
        "mr hobb beats them at chess and mr lowe stole the trip money",
        "mr hobb hits the kids, friendly with the student union",
    ],
)
def test_an_ordinary_day_excuses_nothing_beside_it(mixed: str) -> None:
    (told,) = read_texts([mixed], "comment")
    assert any(one.is_listed for one in told)


@pytest.mark.parametrize(
    ("ordinary", "harm"),
    [
        ("mr knott beats his wife at scrabble", "mr knott beats his wife"),
        ("the deputy is a thief in the panto", "the deputy is a thief"),
        ("mr hall locked the kids out of the staff room haha", "mr hall locked the kids out in the rain"),
        ("rip mrs green you touched us all", "mrs green touched my leg under the desk"),
        ("mr platt put his hand up to sing on the coach", "mr platt put his hand up her skirt on the coach"),
        ("i hope you check the ice on your car every morning", "i hope you check under your car every morning"),
    ],
)
def test_the_score_alone_lists_no_ordinary_day(ordinary: str, harm: str) -> None:
    of_ordinary, of_harm = read_texts([ordinary, harm], "comment")
    assert of_ordinary
    assert not any(one.is_listed for one in of_ordinary)
    assert any(one.is_listed for one in of_harm)
