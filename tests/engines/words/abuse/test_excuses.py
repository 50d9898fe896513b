"""An excuse covers the words that it is of, and what stands beside it is told of nevertheless."""

from random import Random

import pytest

from engines.words import read_texts
from engines.words.abuse.abusive import abusive
from engines.words.rules.phrase_patterns import TOKEN
from engines.words.rules.rule_lists import any_of, phrase_lists, rule_table

ATTACKS = ("I will stab you", "gonna burn your house down", "Muslims are vermin", "gays should be shot")
ORDERS = ("{excuse}. {attack}", "{attack}. {excuse}", "{excuse}, but {attack}", "{attack}, {excuse}")


def said(phrase: str, lists: dict[str, tuple[str, ...]], drawn: Random) -> str:
    """Return some words that a phrase of a list fits."""
    parts = (part for part in TOKEN.findall(phrase) if part != ".." and not part.endswith("?"))
    return " ".join(filter(None, (_part(part, lists, drawn) for part in parts)))


def _part(part: str, lists: dict[str, tuple[str, ...]], drawn: Random) -> str:
    if part.startswith("{"):
        return said(drawn.choice(part[1:-1].split("|")), lists, drawn)
    word = drawn.choice(part.split("|"))
    if word.startswith("<"):
        return "Muslims" if word == "<g>" else said(drawn.choice(lists[word[1:-1]]), lists, drawn)
    return word.replace("#", "7").rstrip("*") or "thing"


def excuses(name: str, *, guarding: bool) -> list[str]:
    """Return words for each excuse of a list's rules; those that give words to another's mouth only if `guarding`."""
    lists, drawn = phrase_lists(name), Random(name)
    phrases = {phrase for row in rule_table(name)["rule"] for key in row if "unless" in key for phrase in row[key]}
    phrases |= {each for phrase in phrases if phrase[1:-1] in lists for each in lists[phrase[1:-1]]}
    words = {said(phrase, lists, drawn) for phrase in sorted(phrases)}
    kept = (one for one in sorted(words) if guarding or not any_of("guards", "reports").search(one.lower()))
    return [one for one in kept if guarding or not any_of("guards", "before").search(one.lower())]


@pytest.mark.parametrize("name", ["threats", "hate", "slurs", "insults"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_excuse_silences_an_attack_that_stands_apart_from_it(name: str, attack: str) -> None:
    wanted = {sign.what for sign in abusive(attack)}
    silent = [
        text
        for at, excuse in enumerate(excuses(name, guarding=False))
        for text in [ORDERS[at % len(ORDERS)].format(excuse=excuse, attack=attack)]
        if wanted.isdisjoint(sign.what for sign in abusive(text, doubts=True))
    ]

    assert wanted
    assert silent == []


@pytest.mark.parametrize(
    "order", ["{excuse} {attack}", "{attack} {excuse}", "{excuse}, {attack}", "{attack} and {excuse}"]
)
def test_who_condemns_hatred_excuses_nothing_else_of_the_sentence(order: str) -> None:
    lists, drawn = phrase_lists("hate"), Random(7)
    condemning = [said(phrase, lists, drawn) for phrase in lists["condemned"] for _ in range(2)]
    condemning = [one for one in condemning if not any_of("guards", "before").search(one)]
    silent = [
        text
        for excuse in condemning
        for attack in ("gonna stab you all", "gays should be shot")
        for text in [order.format(excuse=excuse, attack=attack)]
        if "threat" not in {sign.what for sign in abusive(text, doubts=True)}
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("condemning", "hateful"),
    [
        ("Nothing good comes from hating Muslims", "Nothing good comes from Muslims"),
        ("hating Jews never helped anybody", "I hate Jews and it never hurt anybody"),
        ("there is no excuse for mocking Travellers", "I can't stand Travellers, end of"),
        ("nothing justifies spitting at refugees", "nothing decent comes from refugees"),
        ("hating gay people makes you small", "gay people make me sick and so do you"),
        ("life is too short for hating women", "I hate women, life is too short for them"),
        ("I refuse to hate immigrants", "I refuse to sit with immigrants, I hate immigrants"),
        ("no child is born hating Sikhs", "Sikhs are born liars"),
        ("It takes a sad man to despise Poles", "I despise Poles, sad man or not"),
    ],
)
def test_who_says_that_hatred_is_of_no_use_or_has_no_excuse_does_not_hate(condemning: str, hateful: str) -> None:
    assert "hate" not in {sign.what for sign in abusive(condemning)}
    assert "hate" in {sign.what for sign in abusive(hateful)}


@pytest.mark.parametrize(
    "text",
    [
        "life is too short for hating gays, kill them",
        "Nothing good comes from hating Muslims, but they are vermin",
        "There is no excuse for mocking refugees so deport all refugees",
        "Only cowards hate Poles, I hate Poles",
    ],
)
def test_hatred_after_such_words_is_told_of(text: str) -> None:
    assert {"hate", "threat"} & {sign.what for sign in abusive(text, doubts=True)}
    assert any(told.family in {"hate", "threat"} for told in read_texts([text], "comment")[0])


@pytest.mark.parametrize("reported", ["he called me fat", "she said I was ugly", "they told everyone", "he says I lie"])
@pytest.mark.parametrize("threat", ["I will stab you", "I'm gonna kill you", "i'm going to burn your house down"])
def test_who_says_what_another_said_and_then_threatens_is_told_of(reported: str, threat: str) -> None:
    told = read_texts([f"{reported}, {threat}"], "comment")[0]

    assert [sign.what for sign in abusive(f"{reported}, {threat}", doubts=True)] == ["threat"]
    assert any(one.family == "threat" for one in told)


@pytest.mark.parametrize(
    "text",
    [
        "better things to do than hate jews, like burning them",
        "where hating jews ends is the oven",
        "nothing excuses not hating muslims",
        "ashamed i grew out of hating gays",
        "hating jews helps nobody but me lol",
        "what hating muslims costs is nothing",
    ],
)
def test_who_mocks_words_that_condemn_hatred_is_told_of(text: str) -> None:
    assert "hate" in {one.family for one in read_texts([text], "comment")[0]}
