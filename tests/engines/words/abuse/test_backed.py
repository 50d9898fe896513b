"""An excuse, a denial or another's mouth does not cover what the writer backs, nor more than the clause it holds."""

import pytest

from engines.text.normalised import normalise
from engines.words import read_texts
from engines.words.abuse.abusive import abusive
from engines.words.rules import rule_lists
from engines.words.rules.backing import is_backed


def sure(text: str) -> set[str]:
    """Return what the rules are sure to find in a text."""
    return {sign.what for sign in abusive(text)}


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("threat", "nobody thinks mr bostock should be shot but i do"),
        ("threat", "no one says mrs yardwick should be stabbed, i do"),
        ("threat", "nobody says the head should be hanged except everyone"),
        ("slur", "he used to get called a nigger, and so he should"),
        ("slur", "Mr Bostock used to get called a paki lol deserved"),
        ("slur", "used to get called faggots, still are faggots"),
        ("hate", "get the jews up first against the wall"),
        ("hate", "send immigrants home on time, in body bags"),
        ("hate", "keep muslims away from the pond they'd poison it"),
        ("hate", "no jews in our squad this year and never will be"),
        ("hate", "can't just kick the muslims out sadly"),
        ("hate", "not allowed to kill jews anymore, boo"),
        ("hate", "scripture on gays is clear: they should die"),
        ("hate", "immigrants are the reason i get up angry"),
        ("hate", "told the class that muslims are rats and i meant it"),
        ("hate", "no gays in the squad tonight"),
    ],
)
def test_what_the_writer_backs_or_goes_on_from_is_sure(family: str, text: str) -> None:
    assert family in sure(text)
    assert family in {one.family for one in read_texts([text], "comment")[0]}


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("threat", "nobody thinks mr bostock should be shot"),
        ("slur", "he used to get called a nigger at school"),
        ("hate", "they told the class that muslims are rats"),
        ("hate", "no girls in the squad tonight"),
    ],
)
def test_what_the_writer_does_not_back_is_left_to_a_person(family: str, text: str) -> None:
    assert family not in sure(text)
    assert family in {sign.what for sign in abusive(text, doubts=True)}


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("threat", 'he shouted "i will stab mr bostock" and i agree'),
        ("threat", "they said they'll stab mr bostock, and so they should"),
        ("hate", '"gays should burn" they said, and i agree'),
        ("hate", '"women belong in the kitchen" and so they do'),
        ("hate", '"poles are vermin" because they are'),
        ("hate", '"deaf kids should be shot" as they should be'),
        ("hate", '"jews are rats" lol he is so right'),
    ],
)
def test_what_another_said_and_the_writer_backs_is_never_silent(family: str, text: str) -> None:
    assert family in {one.family for one in read_texts([text], "comment")[0]}


def test_loose_words_of_a_later_sentence_back_nothing() -> None:
    told = "A boy said gays should burn. I reported him. Finally the school dealt with it"

    assert read_texts([told], "comment")[0] == ()
    assert is_backed(normalise("A boy said gays should burn. Finally"), 0, "hate")


def test_a_sentence_is_asked_once_whether_its_writer_backs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = rule_lists.is_backed
    monkeypatch.setattr(
        rule_lists, "is_backed", lambda text, begins, what: asked.append(begins) or real(text, begins, what)
    )
    abusive('"jews are rats" ' * 50)

    assert len(asked) < 10
