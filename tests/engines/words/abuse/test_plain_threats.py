"""What is plainly to be done to somebody is a threat, and its twin in a hall, a kitchen or a game is none."""

import pytest

from engines.words import read_texts
from engines.words.signs import signs_of

PLAIN = [
    ("ill smash every bone in ur body", "ill smash every level in that game"),
    ("spit on him and then trip him", "spit on it and then wipe it"),
    ("kick him when he comes in", "clap him when he comes in"),
    ("punch the head of year for me", "thank the head of year for me"),
    ("anyone up for jumping tyler after p6", "anyone up for jumping on trampolines after p6"),
    ("one bullet each for 9C", "one biscuit each for 9C"),
    ("got a crowbar with your name on", "got a seat with your name on"),
    ("im bringing my dads shotgun to prom", "im bringing my dads tractor to prom"),
    ("bring something sharp tomorrow", "bring something sharp tomorrow for lino"),
    ("somebody is getting stabbed tomorrow", "somebody is getting soaked tomorrow"),
    ("they will pay in blood", "they will pay in june"),
    ("make him eat glass", "make him eat greens"),
    ("hold his head under water until it stops", "hold his hand under water until it stops"),
    ("he needs a hammer to the skull", "he needs a hammer for the skittles"),
    ("mrs perrin will be lucky to get home in one piece", "that trifle will be lucky to get home in one piece"),
    ("dont come in if ur smart", "dont come in if ur ill"),
    ("say sorry or the whole town finds out where you live", "say sorry or the whole team finds out who won"),
    ("ill leak your nudes", "ill leak the setlist"),
    ("im gonna post her address", "im gonna post her homework"),
    ("say goodbye to your little dog mr frost", "say goodbye to your little one at the gate"),
    ("my brother gets out friday and he knows what you said", "my brother gets out of hospital friday and he knows"),
    ("dont come in if you want to stay alive", "come in if you want to stay and help"),
]
AGAINST_GROUPS = [
    ("We are coming for the Syrians tonight", "We are coming for the Syrians at six, the minibus is booked"),
    ("We are hunting refugees this weekend", "We are hunting eggs with refugees this weekend"),
    ("I hope all the Sikhs in town get shot", "I hope all the Sikhs in town get seats"),
    ("Poles deserve a bullet each", "Poles deserve a biscuit each"),
    ("Let the Somalis freeze", "Don't let the Somalis freeze"),
    ("Deaf kids need beating", "Deaf kids need beating drums to feel it"),
    ("Plough through the Turks", "Drive through the old people's home car park slowly"),
]


@pytest.mark.parametrize(("plain", "twin"), [*PLAIN, *AGAINST_GROUPS])
def test_a_plain_threat_is_listed_and_its_twin_is_none_to_a_rule(plain: str, twin: str) -> None:
    assert any(one.is_listed and one.family in ("threat", "hate") for one in read_texts([plain], "comment")[0])
    assert "threat" in signs_of(plain, "comment")
    assert "threat" not in signs_of(twin, "comment")


def test_a_bullet_that_somebody_would_take_for_another_is_no_threat() -> None:
    assert "threat" not in signs_of("i'd take a bullet for the lady who does the flapjacks", "comment")
