"""What opens a door, when nobody is there and where a class will be is found; school life like it is not."""

import pytest

from engines.words.security import security


def found(text: str) -> dict[str, bool]:
    """Return what the text gives away, and whether that is sure."""
    return {sign.what: sign.is_sure for sign in security(text)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The side gate code is 4512.", "code"),
        ("Gate code: 2580", "code"),
        ("Parents, the code for the back door has changed to 7391.", "code"),
        ("Press C1942X to get in, then pull the gate.", "code"),
        ("Enter 4410 on the keypad by the nursery.", "code"),
        ("The alarm code is 1066 if you are first in.", "code"),
        ("Key safe code 2020, hang it back please", "code"),
        ("The CCTV is not working this week.", "alarm"),
        ("The back gate won't lock, so mind the little ones.", "alarm"),
        ("Somebody forgot to set the alarm last night!", "alarm"),
        ("The hall key is under the mat for the Brownies.", "key"),
        ("A spare key is kept behind the bin.", "key"),
        ("Mr Pwllgarn has the only keys to the building.", "key"),
        ("Wi-Fi password: Vale2026", "password"),
        ("The guest wifi password is Oak-Tree-77, enjoy", "password"),
        ("Times tables: login year4ovs, password Tables99", "password"),
        ("The school will be empty over half-term.", "empty"),
        ("Nobody will be on site until 4 September.", "empty"),
        ("Our caretaker is away until Monday.", "empty"),
        ("Year 4 will be at Chester Zoo on Thursday.", "trip"),
        ("Tomorrow Year 6 are off to Conwy Castle, leaving at nine.", "trip"),
        ("The coach leaves for Legoland on 14 June at 8.15.", "trip"),
        ("Next week Reception are visiting Marlcombe Farm.", "trip"),
        ("Our Year 5 residential at Plas Menai is next Monday.", "trip"),
        ("The football team play away at Marlcombe Academy on Friday.", "trip"),
    ],
)
def test_what_is_given_away_is_sure(text: str, what: str) -> None:
    assert found(text).get(what) is True


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Year 5 are off on their trip tomorrow, meet at the gate.", "trip"),
        ("The new code is 4512, tell your dads.", "code"),
        ("The wifi password is harvest", "password"),
        ("Reception will be unstaffed on Friday.", "empty"),
    ],
)
def test_what_may_give_something_away_a_person_should_read(text: str, what: str) -> None:
    assert found(text) == {what: False}


@pytest.mark.parametrize(
    "text",
    [
        "The code club meets on Tuesday.",
        "Year 6 have been coding all week.",
        "Key stage 2 sang beautifully.",
        "Year 4 went to Chester Zoo on Thursday.",
        "What a day! Year 6 visited Conwy Castle.",
        "Scan the QR code for the menu.",
        "Our dress code has changed: no trainers.",
        "Use discount code 4512 at the book fair.",
        "The fire alarm went off at ten, all out in three minutes.",
        "A set of keys was found, please ask at the office.",
        "The key to success is practice.",
        "Never share your password with anybody.",
        "Ask at the office for the wifi password.",
        "The password is changed every term.",
        "The hall was empty after the show.",
        "We have arrived, and it is raining.",
        "The coach leaves the gate at half past seven.",
        "School is closed on Monday for INSET.",
        "We are a polling station on Thursday, so school is closed.",
        "The caretaker is locking up. Good night, hall.",
        "Autumn fair on Saturday at Ousterly Vale School, 4 Vale Road, Ousterly.",
        "Open evening on Thursday, all welcome, at the Town Hall.",
        "Year 4 assembly on Friday in the hall.",
        "Vote for our school council on Friday, in the hall.",
        "Our pupils unlocked the mystery of the missing crown.",
        "Key workers: places are open as usual.",
        "Home by six, says the driver.",
        "Year 2 postcode: what is yours?",
        "",
    ],
)
def test_school_life_like_it_is_not(text: str) -> None:
    assert found(text) == {}
