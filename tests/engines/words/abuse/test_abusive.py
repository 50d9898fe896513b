"""Threats, slurs and abuse are found; sport, idiom, places, quotation, reports and condemnation are not."""

import time

import pytest

from engines.words.abuse.abusive import abusive
from engines.words.rules.rule_lists import phrase_lists

NAMES = ("Toby Larkmead", "Mr Abara")
SLUR = next(word for word in phrase_lists("slurs")["word"] if word.isalpha() and "i" in word[1:-1])


def found(text: str) -> set[str]:
    return {one.what for one in abusive(text, names=NAMES)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Kill yourself", "threat"),
        ("k1ll yourself", "threat"),
        ("I'm going to stab him after school", "threat"),
        ("Someone should burn that place down", "threat"),
        ("You're dead when I see you", "threat"),
        ("We know where you live", "threat"),
        ("kill ur self", "threat"),
        ("kysss", "threat"),
        ("nobody would miss you", "threat"),
        ("u getting shanked bro", "threat"),
        ("hope she gets hit by a bus", "threat"),
        ("There's a bomb in the science block", "threat"),
        ("he deserves to die", "threat"),
        ("You're all idiots", "obscenity"),
        ("You're all just idiots", "obscenity"),
        ("ur so ugly", "obscenity"),
        ("shut up u melt", "obscenity"),
        ("show us ur tits", "obscenity"),
        ("she looks like a whale", "abuse"),
        ("Abara is a liar", "abuse"),
        ("Larkmead's a loser", "abuse"),
        ("Mrs Pym is a disgrace", "abuse"),
        ("mrs pym is a bully", "abuse"),
        ("Mrs Pym's a liar", "abuse"),
        ("Mrs Pym \u2013 what can I say \u2013 she is a liar", "abuse"),
        ("That teacher is a liar", "abuse"),
        ("toby larkmead is an ugly loser", "abuse"),
        ("MR ABARA is useless", "abuse"),
        ("That head is a thief", "abuse"),
        ("The caretaker steals from the fund", "allegation"),
        ("Mr Abara hits children", "allegation"),
        ("Fuck off", "obscenity"),
        ("F*** off", "obscenity"),
        ("What a w@nker", "obscenity"),
        ("Go back to your own country", "hate"),
    ],
)
def test_abuse_is_found(text: str, what: str) -> None:
    assert what in found(text)


@pytest.mark.parametrize(
    "disguise",
    [
        lambda word: word,
        str.upper,
        lambda word: word[0] + word[1:-1].replace("i", "1") + word[-1],
        lambda word: word[:2] + "\u200b" + word[2:],
        lambda word: word[0] + "*" * (len(word) - 2) + word[-1],
    ],
    ids=["plain", "capitals", "digits", "invisible signs", "stars"],
)
def test_a_slur_is_found_in_every_disguise(disguise) -> None:
    assert found(f"He is a {disguise(SLUR)}") & {"slur", "obscenity", "abuse"}


@pytest.mark.parametrize(
    "text",
    [
        "we killed it at netball",
        "Scunthorpe",
        "dying of laughter",
        "smashed it",
        "shoot hoops",
        "bloody good show",
        "My mum will kill me if I forget",
        "I could murder a bacon roll",
        "Penistone, Essex and Cockermouth in one lesson",
        "Dick Whittington was the best panto",
        "The car park is a disgrace",
        "This decision is a joke",
        "I do not agree with the head and will say so",
        "Mr Abara's jokes are stupid",
        "Abara's pig won the show",
        "the larkmead road is a joke",
        "I was such an idiot at school",
        "You lot are brilliant",
        "Your pig was the best in the show",
        "Mr Abara made me cry laughing, he's an idiot in the best way",
        "Hope nobody gets hurt on that road",
        "The office will put you through",
        "You will need a knife, a fork and a torch",
        "Great tits and blue tits at the feeder",
        "Fags outside the gate again, a word with the smokers please",
        "Faggots and peas for lunch",
        "Come in by the Dyke Road gate",
        "He's autistic and well looked after here",
        "Mrs Pym is brilliant",
        "Toby Larkmead, what a save",
        "Chinese dragon, gay pride bunting and Gypsy Roma Traveller history month",
        "",
    ],
)
def test_what_only_sounds_so_is_not(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "frame",
    [
        "We condemn whoever wrote {} on our wall",
        "Never say {} to anybody",
        "My son was called a {} on the bus",
        "The word {} is never ok",
        'He wrote "{}" and we have dealt with it',
        "Please stop saying {} as if it's a joke",
    ],
)
def test_condemning_forbidding_reporting_or_quoting_a_slur_is_no_abuse(frame: str) -> None:
    assert found(frame.format(SLUR)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "I never said Mrs Pym is a bully",
        "Mrs Pym is not a bully",
        "Mrs Pym isn't a liar",
        "A boy said he'd stab him, please ring me",
        'It says "Mrs Pym is a liar" on the wall, please clean it',
        "Nobody should be told to go back to their own country",
        "We stand against racism in every form",
    ],
)
def test_a_denial_or_a_report_is_no_abuse(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "we do not tolerate abuse, i will kill you",
        "No to bullying but I will stab you",
        "Racism is unacceptable and I'm going to stab him",
    ],
)
def test_no_fine_words_cover_a_threat_of_ones_own(text: str) -> None:
    assert "threat" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody should hear a boy shout at her, I will kill you",
        "A boy threatened my son, and I will kill you were his words",
    ],
)
def test_a_threat_of_somebody_elses_is_a_report(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("I will k\u0456ll you", "threat"),
        ("\u0406 will \u039aill you", "threat"),
        ("Mr Smith is a p\u0430edo", "abuse"),
        ("I\u3164will\u115fkill\u1160you\u2800all", "threat"),
    ],
)
def test_letters_of_another_alphabet_and_fillers_hide_nothing(text: str, what: str) -> None:
    assert what in found(text)


def test_an_insult_said_thousands_of_times_is_read_in_a_moment() -> None:
    begun = time.process_time()

    assert len(abusive("u fat " * 4_000)) > 1_000
    assert time.process_time() - begun < 3


def test_a_pupil_who_is_not_listed_is_not_known_by_name() -> None:
    assert "abuse" in {one.what for one in abusive("Ada Fenn is a loser", names=["Ada Fenn"])}
    assert abusive("Ada Fenn is a loser") == []


def test_why_quotes_nothing_of_the_text() -> None:
    assert [one.why for one in abusive("Mrs Pym is a bully") if "Pym" in one.why] == []
