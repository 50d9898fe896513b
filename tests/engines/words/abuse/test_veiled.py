"""Threats in roundabout words, in other languages and in pictures are told by rule, and their kind twins are not."""

import pytest

from engines.words.reading import signs_of

PAIRS = [
    ("Petrol's on offer again, Mr Oakden, just a thought", "Petrol's on offer again by the ring road"),
    ("she walks past the allotments on her own at 4", "she walks past the allotments with her nan at 4"),
    ("stay home tomorrow, I'm telling you", "stay home tomorrow, the boiler is broken"),
    ("I might phone one in so we miss the test", "I might phone in my order so we miss the queue"),
    ("We know where you live. your kids too", "your kids are welcome, bring the dog"),
    ("you can't hide behind that desk forever", "you can't hide that cake forever"),
    ("zabije cie", "zabiore cie na basen"),
    ("mi ladda i di", "mi helpa i di"),
    ("teri haddi tod dunga", "teri kitab la dunga"),
    ("on va te casser la gueule", "on va te passer la balle"),
    ("te voy a romper la cara", "te voy a pintar la cara"),
    ("\U0001f52a\U0001f52a see you at the gates", "\U0001f382\U0001f382 see you at the gates"),
    ("\U0001f52b for him on thursday", "\U0001f52b laser tag for him on thursday"),
    ("g0 d1e", "g0 for it"),
    ("i h0pe u d!e", "i h0pe u win"),
]


@pytest.mark.parametrize(("threat", "twin"), PAIRS)
def test_a_veiled_threat_is_told_and_its_twin_is_not(threat: str, twin: str) -> None:
    assert "threat" in signs_of(threat, "comment")
    assert "threat" not in signs_of(twin, "comment")


@pytest.mark.parametrize("text", ["t'es une sale conne", "ty jebany debilu", "hijo de puta", "chup kar kamine"])
def test_an_insult_in_another_language_is_told(text: str) -> None:
    assert "abuse" in signs_of(text, "comment")


@pytest.mark.parametrize("text", ["fu ck of f the lot of you", "piss o ff", "she deserves to be r4ped", "fuc koff"])
def test_torn_and_disguised_words_are_told_in_posts_as_in_comments(text: str) -> None:
    assert {"threat", "abuse"} & set(signs_of(text, "post"))
