"""What is looked up before a phrase is tried hides nothing that the phrase would find."""

from dataclasses import fields

import pytest

from engines.text.normalised import NormalisedText, normalise
from engines.words.rules.phrase_patterns import PhraseAnchors, PhrasePattern
from engines.words.rules.rule_lists import Rule, rules
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
