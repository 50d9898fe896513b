"""The lists say why they exist, hold no phrase twice, and every phrase in them can be read."""

import re
from importlib import resources

import pytest

from engines.words.rules.phrase_patterns import TOKEN, phrase_pattern
from engines.words.rules.rule_lists import phrase_lists, rule_table

LISTS = resources.files("engines.words.rules").joinpath("lists")
NAMES = sorted(path.name.removesuffix(".toml") for path in LISTS.iterdir() if path.name.endswith(".toml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_list_begins_with_why_it_exists_where_it_comes_from_and_how_to_edit_it(name: str) -> None:
    head = LISTS.joinpath(f"{name}.toml").read_text(encoding="utf-8").split("[", 1)[0]

    assert head.startswith("# Why: ")
    assert "\n# From: " in head
    assert "\n# Edit: " in head


@pytest.mark.parametrize("name", NAMES)
def test_no_phrase_stands_twice_in_a_list(name: str) -> None:
    doubled = [key for key, phrases in rule_table(name).get("lists", {}).items() if len(set(phrases)) < len(phrases)]

    assert doubled == []


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_can_be_read(name: str) -> None:
    lists = phrase_lists(name)

    assert all(phrase_pattern([phrase], lists).pattern for phrases in lists.values() for phrase in phrases)


@pytest.mark.parametrize("name", [*NAMES, "languages/foreign", "names/parties"])
def test_no_brace_of_a_phrase_stands_within_a_word_where_it_would_fit_nothing(name: str) -> None:
    table = rule_table(name)
    listed = [*table.get("lists", {}).values()]
    listed += [part for rule in table.get("rule", []) for part in rule.values() if isinstance(part, list)]
    tokens = {token for phrases in listed for phrase in phrases for token in TOKEN.findall(phrase)}

    assert [token for token in sorted(tokens) if re.search("[{}]", re.sub(r"\A{[^{}]*}\??\Z", "", token))] == []


def test_a_school_adds_to_a_list_and_takes_nothing_away() -> None:
    ours = phrase_lists("staff")["job"]

    assert phrase_lists("staff", {"job": ["beadle"]})["job"] == (*ours, "beadle")


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("vote for", "vote, for", True),
        ("vote for", "vote. For", False),
        ("vot*", "voting", True),
        ("vot*", "pivot", False),
        ("buy|order now", "order now", True),
        ("a really? good", "a good", True),
        ("a really? good", "a really good", True),
        ("kick .. out", "kick every last one out", True),
        ("kick .. out", "kick one two three four five out", False),
        ("\u00a3# off", "\u00a310.50 off", True),
        ("#% off", "25% off", True),
        ("##ad", "#ad", True),
        ("##ad", "ad", False),
        ("<who> won", "our team won", True),
        ("don't", "dont", True),
    ],
)
def test_a_phrase_is_read_as_its_signs_say(phrase: str, text: str, fits: bool) -> None:
    assert bool(phrase_pattern([phrase], {"who": ["our team"]}).search(text.lower())) is fits


def test_a_list_of_no_phrases_fits_nothing() -> None:
    assert phrase_pattern([]).search("anything") is None
