"""The rules and the learned score together say what is listed, what is left to a person, and what is nothing."""

from datetime import date

import pytest

from engines.words import FAMILIES, TextFamily, get_ready, read_texts
from engines.words.abuse import respelling
from engines.words.learned.scorer import ATTACK, learned_weights, together
from engines.words.reading import ATTACKS, HINTED, _attacks, _Evidence, _stands_alone
from engines.words.rules import rule_lists


def listed(text: str, kind: str = "comment") -> set[str]:
    """Return the families that are listed for a text."""
    return {found.family for found in read(text, kind) if found.is_listed}


def read(text: str, kind: str = "comment") -> tuple[TextFamily, ...]:
    """Return the families of one text."""
    return read_texts([text], kind, as_of=date(2026, 11, 15))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "family", "harmless"),
    [
        ("gonna batter u after skool", "threat", "batter for the pancakes needs an hour"),
        ("you \U0001f400 wait till tomorrow \U0001f52a", "threat", "\U0001f52a food tech was fun today, knife skills"),
        ("\U0001f412 at number 9 every time he touches it", "hate", "we saw a \U0001f412 at the zoo with year 2"),
        ("ur mum is a slag", "abuse", "coal and slag heaps, our geography trip"),
        ("Mr Dunn is a useless clown", "abuse", "the clown at the fair was useless at juggling but the kids loved him"),
        ("ti'n dwp fel postyn, cau dy ben", "abuse", "twp means silly in Welsh, we learned it today"),
        ("ty glupia kurwo", "abuse", "kura means hen in Polish, we learned it today"),
        ("dm me ur snap x", "contact", "See you at open evening on Thursday"),
    ],
)
def test_british_welsh_and_polish_insults_and_signs_are_listed_and_their_harmless_uses_are_not(
    text: str, family: str, harmless: str
) -> None:
    assert family in listed(text)
    assert listed(harmless) == set()


def test_a_reading_says_who_spoke_and_quotes_nothing() -> None:
    by_both, by_score = (
        read("Mr Dunn is a useless clown"),
        read("nobody asked you, go back to your sad little life"),
    )

    assert {found.basis for found in by_both} == {"both"}
    assert {found.basis for found in by_score} == {"score"}
    assert all("sad" not in found.why and found.span == (0, 49) for found in by_score)


def test_every_score_is_a_probability_and_the_order_is_that_of_the_families() -> None:
    found = read("all gays should be shot, you useless clown, dm me")

    assert all(0 <= one.score <= 1 for one in found)
    assert [one.family for one in found] == sorted(
        (one.family for one in found), key=["threat", "hate", "slur", "abuse", "contact"].index
    )


def test_many_texts_are_read_as_each_would_be_alone() -> None:
    texts = ["kys", "", "well done all", "women are vermin", "😀" * 50] * 250

    assert read_texts(texts, "comment")[:5] == [read_texts([text], "comment")[0] for text in texts[:5]]
    assert len(read_texts(texts, "comment")) == len(texts)


def test_a_profile_needs_a_day_at_which_ages_are_counted() -> None:
    with pytest.raises(ValueError, match="as_of"):
        read_texts(["11 yrs old"], "bio")


def test_no_texts_have_no_families() -> None:
    assert read_texts([], "comment") == []


def test_after_getting_ready_no_text_needs_its_word_lists_made():
    made = (rule_lists._rules, rule_lists._any_of, rule_lists.rule_table, respelling._words, respelling._frequencies)
    for each in made:
        each.cache_clear()
    get_ready()
    before = [each.cache_info().misses for each in made]
    assert all(before)

    for kind in FAMILIES:
        read("Buy 2 tickets now, or I will find you at number 9 you pathetic liars; call 07700 900456", kind)
    assert [each.cache_info().misses for each in made] == before


@pytest.mark.parametrize("hinted", HINTED)
def test_a_hint_alone_is_listed_only_where_the_score_of_an_attack_is_not_against_it(hinted: str) -> None:
    heads = learned_weights().heads
    scores = dict.fromkeys(heads, 0.0) | {hinted: heads[hinted].listed}

    for attack, is_listed in ((heads[ATTACK].listed_with_rule, True), (heads[ATTACK].listed_with_rule / 2, False)):
        assert _stands_alone("I know your bus", _Evidence({}, scores | {ATTACK: attack})) is is_listed
    assert not _stands_alone("I know your bus", _Evidence({}, dict.fromkeys(heads, 0.0) | {ATTACK: 0.5}))


@pytest.mark.parametrize("family", ATTACKS)
def test_a_threat_hatred_or_an_allegation_that_reads_like_no_attack_is_left_to_a_person(family: str) -> None:
    heads = learned_weights().heads
    told = _attacks(_Evidence({}, dict.fromkeys(heads, 0.0) | {family: heads[family].to_read}), 0.1)

    assert set(told) == {family} & {"threat", "hate", "allegation"}


@pytest.mark.parametrize("hinted", HINTED)
def test_the_surer_of_a_hint_and_an_attack_makes_up_for_the_other(hinted: str) -> None:
    heads = learned_weights().heads
    scores = dict.fromkeys(heads, 0.0) | {hinted: 0.99}

    for attack, is_listed in ((heads[ATTACK].listed_with_rule - 0.1, True), (0.02, False)):
        assert _stands_alone("I know your bus", _Evidence({}, scores | {ATTACK: attack})) is is_listed
    assert together(0.5, 0.7) == pytest.approx(0.7)
    assert together(0.8, 0.8) == pytest.approx(16 / 17)


@pytest.mark.parametrize("hinted", ["threat", "allegation"])
def test_a_hint_below_its_own_threshold_is_left_to_a_person_where_an_attack_is_not_unlikely(hinted: str) -> None:
    heads = learned_weights().heads
    scores = dict.fromkeys(heads, 0.0) | {hinted: heads[hinted].to_read - 1e-3}

    assert set(_attacks(_Evidence({}, scores | {ATTACK: 0.5}), 0.1)) == {hinted}
    assert _attacks(_Evidence({}, scores | {ATTACK: 0.1}), 0.1) == {}
