"""Hatred of a group is found by who is attacked and what is said of them, and its harmless counterparts are not."""

import pytest

from engines.words.abuse.abusive import abusive, with_groups
from engines.words.abuse.targets import GROUP


def kinds(text: str) -> set[str]:
    """Return what the rules find in a text."""
    return {sign.what for sign in abusive(text)}


@pytest.mark.parametrize(
    ("hateful", "harmless"),
    [
        ("I can't stand Muslims", "No Muslim should have to hear that"),
        ("women are vermin", "women are not vermin"),
        ("We hate gays", "We don't hate gays"),
        ("Some Poles moved in. They should all be sent home", "Some Poles moved in. They brought us cake"),
        ("there is no such thing as a decent immigrant", "there is no such thing as a boring geography trip"),
        ("keep the disabled out of our school", "keep the rain out of our school"),
        ("Black people belong in a zoo", "Monkeys belong in the wild, says Year 3"),
        ("these immigrants are a disease", "measles is a disease"),
        ("trans people make me sick", "the bus makes me sick"),
        ("nobody wants Romanians here", "nobody wants homework here"),
        ("Nothing decent has ever come out of Travellers", "Nothing decent has ever come out of that oven"),
        ("why are women so stupid", "why are these forms so stupid"),
        ("no such thing as Poles being decent", "there is no such thing as Poles being born lazy"),
        ("thank god there are no Poles in our class", "thank god there are no Poles left out in the rain"),
        ("Sikhs were hunted and Sikhs deserved it", "Sikhs were hunted and Sikhs deserved better"),
        ("\U0001f412 at number 9, every time he touches it", "we saw a \U0001f412 at the zoo with Year 2"),
    ],
)
def test_a_turn_of_phrase_is_hatred_of_a_group_and_its_twin_is_not(hateful: str, harmless: str) -> None:
    assert "hate" in kinds(hateful)
    assert kinds(harmless) == set()


@pytest.mark.parametrize(
    "text",
    [
        "He said 'I hate gays' and was rightly excluded",
        "Anyone who says women are stupid should be ashamed",
        "they called my son a monkey and the school did nothing",
        "people who think immigrants are a disease have never met one",
        "Hate crime against Muslims is rising",
        "I love how our Polish families joined in",
        "Indian food disgusts my brother but I love it",
    ],
)
def test_what_is_quoted_condemned_or_suffered_is_no_hatred(text: str) -> None:
    assert "hate" not in kinds(text)


def test_a_threat_to_a_group_is_a_threat_and_hatred() -> None:
    assert {"threat", "hate"} <= kinds("all gays should be shot")


@pytest.mark.parametrize(
    "text",
    ["wmoen are vermin", "ihatemuslims", "w o m e n are v e r m i n", "imigrants are vermin", "w0men are v3rmin"],
)
def test_slips_of_the_pen_and_parted_or_joined_words_hide_nothing(text: str) -> None:
    assert "hate" in kinds(text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a Muslim, they say", f"a {GROUP}, {GROUP} say"),
        ("a Muslim country", "a muslim country"),
        ("black lads and white paint", f"{GROUP} and white paint"),
        ("kids in wheelchairs", GROUP),
        ("They won. Women cheered", f"they won. {GROUP} cheered"),
    ],
)
def test_groups_are_known_by_their_names_and_then_by_pronouns(text: str, marked: str) -> None:
    assert with_groups(text).text == marked


def test_a_sign_stands_where_the_words_stand_in_the_text_as_given() -> None:
    text = "Well. Ihatewomen, said nobody nice"

    sign = next(sign for sign in abusive("Well. Ihatewomen so much") if sign.what == "hate")

    assert text[slice(*sign.span)] == "Ihatewomen"


@pytest.mark.parametrize(
    ("kind", "hateful"),
    [
        ("banning Muslims is hateful", "ban Muslims"),
        ("the joke about Poles was vile", "Poles are vile"),
        ("abuse aimed at gay people makes me sick", "gay people make me sick"),
        ("people used to believe women were stupid", "women were always stupid"),
        ("my grandad reckons immigrants are scum", "I reckon immigrants are scum"),
        ("I never thought Poles were dirty", "I always thought Poles were dirty"),
        ("if you say Muslims are scum, get off my page", "Muslims are scum"),
        ("no Somalis are vermin", "Somalis are vermin"),
        ("Romanians don't deserve to be treated like animals", "Romanians don't deserve to vote"),
        ("Sikhs should never be bullied", "Sikhs should not be allowed here"),
        ("our dads beat Poles from the mill 3-1", "let's beat Poles up"),
        ("we gay people just want to get on", "gay people just breed and lie"),
        ("do refugees have to pay?", "refugees will pay for this"),
    ],
)
def test_what_is_said_of_an_act_or_told_of_another_is_not_said_of_the_group(kind: str, hateful: str) -> None:
    assert kinds(kind) == set()
    assert kinds(hateful) & {"hate", "threat"}
