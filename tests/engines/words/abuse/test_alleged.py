"""What somebody is plainly said to have done is listed, and not where the clause makes something else of it."""

import pytest

from engines.words import read_texts
from engines.words.signs import signs_of

PLAIN = [
    ("mr lark hit a year 7 in the corridor", "mr lark hit a year 7 in the corridor with a paper plane"),
    ("the coach kicked my brother in the stomach", "the coach kicked a boy's ball over the fence"),
    ("miss tarr shoved a boy down the stairs", "miss tarr shoved a boy's model down the stairs"),
    ("mrs oke slammed my son into a wall", "mrs oke read my son's poem by the wall"),
    ("mr finch headbutted a parent", "mr finch headed in a cross from a parent"),
    ("sir put a lad in a headlock", "sir put a lad in a good mood"),
    ("mr jess rubbed himself against me", "mr jess rubbed himself down after the mud run"),
    ("mr stroud groped two of the girls", "mr stroud grouped two of the girls"),
    ("mr amory got a sixth former pregnant", "mr amory got a sixth former a place at leeds"),
    ("mr ruck asked a 14 year old for nudes", "mr ruck asked a 14 year old for notes"),
    ("mr pike sent my daughter a dick pic", "mr pike sent my daughter a dinosaur pic"),
    ("the bursar smokes weed in her car", "the bursar eats toast in her car"),
    ("mr orr keeps whisky in his desk", "mr orr keeps whisks in his desk"),
    ("the caretaker has been selling weed to year 8", "the caretaker has been selling poppies to year 8"),
    ("mr fold was arrested for child porn last year", "mr fold was nominated for a prize last year"),
    ("mr judd is on the sex offenders register", "mr judd is on the lost property register"),
    ("mr clegg has a conviction for assault", "mr clegg has a conviction that we can win"),
    ("mr lusk has a secret camera in the toilets", "mr lusk has a secret stash of biscuits in the office"),
    ("miss drew filmed us getting changed", "miss drew filmed us singing"),
    ("mrs varr takes money to change grades", "mrs varr takes time to explain grades"),
    ("mrs pring emptied the charity account", "mrs pring emptied the charity shed"),
    ("she told my son to kill himself", "she told my son to kill the lights"),
    ("this school employs rapists", "this school employs rappers"),
    ("they let a known paedophile run the chess club", "they let a known grandmaster run the chess club"),
    ("the school ignored my daughter's rape", "the school ignored my daughter's rivals"),
    ("the governors covered up the abuse at that school", "the governors covered up the hole at that school"),
]
DOUBTED = [
    "the deputy altered his behaviour log",
    "the treasurer had her hand in the tin",
    "he hits them where the marks do not show",
    "the invigilator took £50 off my neighbour",
]


@pytest.mark.parametrize(("plain", "twin"), PLAIN)
def test_what_a_whole_clause_says_that_somebody_did_is_listed_and_its_twin_is_no_allegation(
    plain: str, twin: str
) -> None:
    told, of_twin = read_texts([plain, twin], "comment")
    assert "allegation" in signs_of(plain, "comment")
    assert any(one.is_listed for one in told)
    assert "allegation" not in signs_of(twin, "comment")
    assert not any(one.is_listed and one.basis != "score" for one in of_twin)


@pytest.mark.parametrize("scene", ["in the panto {}", "{} in the last chapter", "victorian schools: {}"])
def test_what_is_played_or_told_is_not_sure(scene: str) -> None:
    played = scene.format("the teacher hit a boy with a cane")

    assert "allegation" not in signs_of(played, "comment")
    assert "allegation" in signs_of(played, "comment", doubts=True)


@pytest.mark.parametrize("doubted", DOUBTED)
@pytest.mark.parametrize("vouched", ["i saw it happen, {}", "{} and we have the emails", "{}. Ask anyone"])
def test_a_doubted_allegation_is_sure_where_the_writer_vouches_for_it(doubted: str, vouched: str) -> None:
    assert "allegation" not in signs_of(doubted, "comment")
    assert {sign.what for sign in signs_of(vouched.format(doubted), "comment")["allegation"]} == {"allegation"}


@pytest.mark.parametrize(
    "ordinary", ["coach pocketed the ball, i saw it happen", "mrs lane altered the ending of the play, ask anyone"]
)
def test_nobody_vouches_an_ordinary_day_into_an_allegation(ordinary: str) -> None:
    assert "allegation" not in signs_of(ordinary, "comment")


@pytest.mark.parametrize(
    "doubted",
    [
        "has mr hall strangled a boy?", "I doubt mr hall kicked a pupil", "mr hall never slapped a pupil",
        "mr hall drinks beer at the staff party", "mr hall has beer in his bag",
    ],
)  # fmt: skip
def test_what_is_asked_doubted_or_drunk_at_a_party_is_not_sure(doubted: str) -> None:
    assert "allegation" not in signs_of(doubted, "comment")


@pytest.mark.parametrize("tag", ["", " lol", " fr", " 😡", "."])
def test_what_is_written_after_a_clause_does_not_take_it_back(tag: str) -> None:
    assert "allegation" in signs_of(f"mr hall kicked a pupil{tag}", "comment")
