"""Who denies that a group may be done ill, uses everyday words, or tells what another said, is left to a person."""

from random import Random

import pytest

from engines.words import read_texts
from engines.words.abuse.abusive import abusive, is_kindly, only_quotes_of_a_group, with_groups
from engines.words.abuse.targets import GROUP
from engines.words.rules.rule_lists import any_of, phrase_lists
from tests.engines.words.abuse.test_excuses import said


def sure(text: str) -> set[str]:
    """Return what the rules are sure to find in a text."""
    return {sign.what for sign in abusive(text)}


def told(text: str) -> set[str]:
    """Return what the rules find in a text, or leave to a person."""
    return {sign.what for sign in abusive(text, doubts=True)}


@pytest.mark.parametrize(
    ("harmless", "hateful"),
    [
        ("You can't spit at a Hindu and call it banter", "We spit at Hindus and call it banter"),
        ("Nobody has the right to ban Sikhs", "Everybody has the right to ban Sikhs"),
        ("No one has any business kicking deaf kids out", "Time to kick deaf kids out"),
        ("You don't get to throw Poles out", "Let's throw Poles out"),
        ("It isn't fair to blame Romanians for it", "I blame Romanians for it"),
        ("It isn't right to blame every Muslim for what one man did", "It is right to blame every Muslim for it"),
        ("You can't spit at a woman in a headscarf", "Go on spit at a woman in a headscarf, ban Muslims"),
        ("You don't get to kick Poles out for existing", "You get to kick Poles out, kick Poles out"),
        (
            "Women do not belong in the kitchen, they belong wherever they like",
            "Women belong in the kitchen, they like it",
        ),
        ("It is never right to hate Germans", "It is right to hate Germans"),
        ("Women do not belong in the kitchen", "Women belong in the kitchen"),
        ("Blind people don't belong at the back of the bus", "Blind people don't belong on the bus"),
        ("Nobody here thinks Syrians should be banned", "Everybody here wants Syrians banned, ban Syrians"),
        ("I do not believe lesbians are immoral", "I do believe lesbians are immoral"),
        ("If you would shut the door on refugees then don't come", "Shut the door on refugees"),
        ("You can't ban Muslims", "You can't ban Muslims, but you can burn them"),
        ("Jews don't belong in prison", "Jews don't belong in prison, they belong in the ground"),
        ("You don't get to ban Hindus", "You don't get to ban Hindus fast enough"),
        ("Scripture on women is rotten, I find", "Women are rotten, I find"),
        ("Please stop treating deaf kids like dogs", "Start treating them for what they are: deaf kids are dogs"),
    ],
)
def test_who_denies_that_a_group_may_be_done_ill_is_told_from_who_does_it(harmless: str, hateful: str) -> None:
    assert "hate" not in sure(harmless)
    assert "hate" in sure(hateful)


@pytest.mark.parametrize(
    ("harmless", "hateful"),
    [
        ("Get the Germans up first, their coach leaves at six", "Put the Germans in camps now"),
        ("Too many girls for one minibus", "Too many girls for one team"),
        ("Send the girls home with a coat please", "Send the Afghans home for good"),
        ("No girls in the squad this week", "No Poles in the squad, ever"),
        ("Night out with the girls", "Day out with the Turks"),
        ("Night out with the girls from uni, can't wait", "Night out with the girls from hell, kill them all"),
        ("Two Romanians work in the kitchen", "Romanian women belong in the kitchen"),
        ("Half of the Poles are sick with the flu", "Poles are sick with greed"),
        ("Cutting that budget will hurt disabled people", "Cutting that budget will hurt disabled people, about time"),
        ("When the Somalis go home and it's just the caretaker", "When the Somalis go home we get our street back"),
    ],
)
def test_everyday_words_that_shutting_out_uses_too_are_left_to_a_person(harmless: str, hateful: str) -> None:
    assert not {"hate", "threat"} & sure(harmless)
    assert {"hate", "threat"} & told(harmless)
    assert {"hate", "threat"} & sure(hateful)


@pytest.mark.parametrize(
    ("harmless", "hateful"),
    [
        ("Kid behind me said women can't drive", "Women can't drive"),
        ("Someone in the queue hissed go back to Africa at the nurse", "Go back to Africa"),
        ("A man at the bar said never trust a Jew", "Never trust a Jew"),
        ("They told the new teacher that women are property", "Women are property"),
    ],
)
def test_hatred_in_the_mouth_of_another_is_left_to_a_person(harmless: str, hateful: str) -> None:
    assert "hate" not in sure(harmless)
    assert "hate" in told(harmless)
    assert "hate" in sure(hateful)


@pytest.mark.parametrize(
    "text",
    [
        "I'm a cripple and I like it",
        "us queers stick together",
        "as a trans woman I may joke that I'm a tranny",
        "I call myself the queen of the queers",
        "being a poof is the best thing about me",
    ],
)
def test_a_slur_of_oneself_is_left_to_a_person(text: str) -> None:
    assert "slur" not in sure(text)
    assert "slur" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm off, you cripple",
        "we hate queers",
        "as a man I can't stand a tranny",
        "im gay and you are a poof",
        "I'm a cripple hater",
        "as a pikey he stinks",
        "me and my mates are the fag bashers",
    ],
)
def test_a_slur_of_another_by_whoever_says_what_he_or_she_is_stays_one(text: str) -> None:
    assert "slur" in sure(text)


@pytest.mark.parametrize(
    ("excused", "mind"),
    [
        ("My dad says Romanians are scum", "and he is right"),
        ("He told me women are stupid", "and I agree"),
        ("They called refugees vermin", "can't argue with that"),
        ('"Muslims are vermin", said the sign', "so true"),
        ("She said gays are filth", "and we all laughed"),
        ("Racists hate Muslims", "and so should you"),
    ],
)
def test_who_is_of_one_mind_with_whoever_hates_is_never_silent(excused: str, mind: str) -> None:
    assert told(excused) <= sure(f"{excused} {mind}") | {"hate"}
    assert "hate" in told(f"{excused}, {mind}")
    assert "hate" in {one.family for one in read_texts([f"{excused}, {mind}"], "comment")[0]}


@pytest.mark.parametrize(
    "text",
    [
        "the bin men have missed our rubbish",
        "clapped for the bin men",
        "the Women's World Cup ball swerves",
        "somebody parked in the disabled bay",
        "the old hall is filthy",
        "the old one was ugly",
        "the French test was filthy",
        "hang the trans flag from the lampposts",
        "the ladies' loo stinks",
        "wash the blacks and the whites apart in the laundry",
    ],
)
def test_what_bears_the_name_of_a_group_is_no_group(text: str) -> None:
    assert GROUP not in with_groups(text).text
    assert sure(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "the disabled are a burden",
        "the old are a burden",
        "the French are scum",
        "men are scum",
        "women's place is in the kitchen",
        "hang the trans lot from the lampposts",
        "girls' football is a joke, girls are weak",
        "blacks and whites should not mix",
    ],
)
def test_a_group_is_one_where_it_stands_beside_such_words(text: str) -> None:
    assert GROUP in with_groups(text).text


@pytest.mark.parametrize(
    ("plain", "hateful"),
    [
        ("I absolutely adore Poles", "I absolutely adore Poles when they leave"),
        ("My dentist is a Somali and so is his wife", "My dentist is a Somali and so he robs me"),
        ("Women are not property", "Women are not property, they are pets"),
        ("There are two Hindus in our choir", "There are too many Hindus in our choir"),
        ("Gay men deserve to be safe", "Gay men deserve to be safe in a cage"),
        ("Turks have not ruined this town", "Turks have not ruined this town yet"),
        ("Deaf people are kept out of work in many countries", "Deaf people are kept out of work, good"),
        ("I love Muslims. Let them all in!", "I love Muslims \U0001f925"),
        ("Lesbians are welcome here", "Lesbians are welcome to leave"),
        ("I don't want refugees to leave. I want them to stay", "I don't want refugees"),
        ("You can't blame Romanians for that", "You can't hate Romanians enough"),
        ("Autistic pupils have their own quiet room upstairs", "Autistic pupils have their own smell"),
    ],
)
def test_a_text_is_well_meant_where_each_clause_is_whole_one_that_is_so(plain: str, hateful: str) -> None:
    assert is_kindly(plain)
    assert not is_kindly(hateful)


@pytest.mark.parametrize(
    "turn", ["{}, in the ground", "{} when they are dead", "{} but not near me", "so {} lol", "{}. Scum"]
)
def test_no_phrase_that_means_well_has_room_for_what_turns_it_round(turn: str) -> None:
    lists, drawn = phrase_lists("hate"), Random(11)
    kindly = any_of("hate", "kindly")
    meant = [said(phrase, lists, drawn) for phrase in lists["well_meant"] for _ in range(3)]
    turned = [turn.format(one) for one in meant if not kindly.search(with_groups(turn.format(one)).text)]

    assert turned
    assert [text for text in turned if is_kindly(text)] == []


@pytest.mark.parametrize(
    ("quoted", "own"),
    [
        ('"Immigrants disgust me" - find another country then', "Immigrants disgust me - find another country then"),
        ('"No blacks, no Irish." That sign hung there', '"No blacks, no Irish." They still stink'),
        ("Comments like 'refugees are scum' hurt our year 7s", "Comments hurt, and 'refugees' are scum"),
        ('He wrote "girls can\'t weld" and we showed him how', 'He wrote "girls can\'t weld" and he is right'),
        ('"Deaf kids are a drain" is a shocking line', 'Keep "gay dads" away from us'),
        ('"Poles go home" was on the wall', '"Poles go home" \U0001f602'),
        ('"Turks are thick" she read out', '"Turks are thick"'),
    ],
)
def test_what_is_said_of_a_group_in_quotation_marks_alone_the_score_does_not_list(quoted: str, own: str) -> None:
    assert only_quotes_of_a_group(quoted)
    assert not only_quotes_of_a_group(own)
    assert not any(one.is_listed for one in read_texts([quoted], "comment")[0])
