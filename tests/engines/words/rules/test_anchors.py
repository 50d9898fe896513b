"""What is looked up before a phrase is tried hides nothing that the phrase would find."""

from collections.abc import Callable, Sequence
from dataclasses import fields

import pytest

from engines.text.normalised import NormalisedText, normalise
from engines.words.rules.phrase_patterns import Lists, PhraseAnchors, PhraseLists, PhrasePattern
from engines.words.rules.rule_lists import Rule, phrase_lists, rules
from tests.bench.words.measure import items

RULES = (
    "threats",
    "slurs",
    "insults",
    "languages/foreign",
    "hate",
    "contact",
    "partisan",
    "commercial",
    "personal",
    "staff",
)


@pytest.mark.parametrize("name", RULES)
def test_no_rule_is_hidden_from_a_text_that_it_fits(name: str) -> None:
    texts = [normalise(item.text).without_disguise for item in items()]

    hidden = [
        (rule.why, key)
        for rule in rules(name)
        for key, phrases in _phrases_of(rule).items()
        for text in texts
        if _found_by_parts(phrases, text) != [found.span() for found in phrases.compiled.finditer(text.text)]
    ]

    assert hidden == []


def _phrases_of(rule: Rule) -> dict[str, PhrasePattern]:
    """Return what the rule says, and each company in which that counts or does not."""
    values = {field.name: getattr(rule, field.name) for field in fields(rule)}
    return {key: value for key, value in values.items() if isinstance(value, PhrasePattern)}


def _found_by_parts(phrases: PhrasePattern, text: NormalisedText) -> list[tuple[int, int]]:
    """Return what the phrases find that the words of this text leave possible, as if it were the first to be read."""
    phrases._parts.clear()
    pattern = phrases.fitting(text.words)
    return [found.span() for found in pattern.finditer(text.text)] if pattern else []


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("buy now", "now you may buy", True),
        ("buy now", "you may buy later", False),
        ("vot*", "voting", True),
        ("don't go", "dont go", True),
        ("half-caste", "half a loaf", False),
        ("{give up|stop} now", "stop it now", True),
        ("{give up|stop} now", "go on now", False),
        ("<who> won", "our team won", True),
        ("<who> won", "she won", False),
        ("#% off", "25% off", True),
        ("..", "anything", True),
        ("\U0001f52a you", "you and a knife", False),
        ("\U0001f52a you", "\U0001f52a\U0001f52ayou", True),
    ],
)
def test_a_phrase_is_tried_where_the_words_of_a_text_leave_it_possible(phrase: str, text: str, fits: bool) -> None:
    anchors = PhraseAnchors([phrase], {"who": ("our team", "we")})

    assert anchors.may_fit(normalise(text).words) is fits


def test_a_family_is_read_once_for_all_phrases_of_a_file_that_name_it() -> None:
    class Counted(PhraseLists):
        read = 0

        def __getitem__(self, family: str) -> Sequence[str]:
            self.read += 1
            return super().__getitem__(family)

    lists = Counted({"who": ("our team", "we")})
    for phrase in ("<who> won", "<who> lost", "<who>|they came"):
        assert PhraseAnchors([phrase], lists).may_fit(frozenset([*phrase.split(), "we", "they"]))

    assert lists.read == 2  # alone, and as a choice among others


@pytest.mark.parametrize("make", [dict, PhraseLists])
def test_a_family_of_another_file_is_another(make: Callable[[dict[str, tuple[str, ...]]], Lists]) -> None:
    ours, theirs = (PhraseAnchors(["<who> won"], make({"who": (who,)})) for who in ("we", "they"))

    assert [each.may_fit(frozenset({"we", "won"})) for each in (ours, theirs)] == [True, False]
    assert [each.may_fit(frozenset({"they", "won"})) for each in (ours, theirs)] == [False, True]


def test_a_schools_own_phrases_are_in_its_lists_alone() -> None:
    word = "wazzock"

    with_it = [phrase_lists("insults", extra)["noun"] for extra in (None, {"noun": [word]}, None, {"noun": [word]})]

    assert [word in nouns for nouns in with_it] == [False, True, False, True]
    assert phrase_lists("insults") is phrase_lists("insults")  # made once, however often a text asks
