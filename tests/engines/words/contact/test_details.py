"""Private contact details are found; the school's own, and numbers that only look like them, are not."""

import pytest

from engines.words.contact.details import contact_details

OFFICIAL = ("ousterlyvale.sch.uk", "01632 960100", "head@vale.example.org")


def found(text: str) -> list[str]:
    return [one.what for one in contact_details(text, official=OFFICIAL)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to pollyanna.west@gmail.com", "email"),
        ("Write to pollyanna (at) gmail (dot) com", "email"),
        ("Write to pollyanna [at] gmail [dot] com", "email"),
        ("Write to polly dot west at hotmail dot co dot uk", "email"),
        ("Ring 07700 900123", "phone"),
        ("Ring 07700900123.", "phone"),
        ("Ring 0 7 7 0 0 9 0 0 1 2 3", "phone"),
        ("Ring +44 (0)7700 900 123", "phone"),
        ("Ring +33 6 39 98 12 34", "phone"),
        ("Ring 020 7946 0123", "phone"),
        ("Ring \uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13", "phone"),
        ("Deliver to 14 Mill Road, OV1 2AB", "home_address"),
        ("She lives at 14 Mill Road", "home_address"),
        ("Her home address has the postcode OV1 2AB", "home_address"),
        ("https://chat.whatsapp.com/AbCdEf", "chat_invitation"),
        ("t.me/+AbCdEf", "chat_invitation"),
        ("discord.gg/AbCdEf", "chat_invitation"),
        ("https://www.snapchat.com/add/somebody", "chat_invitation"),
        ("https://docs.google.com/document/d/abc/edit?usp=sharing", "open_document"),
        ("https://drive.google.com/drive/folders/abc", "open_document"),
        ("https://us02web.zoom.us/j/1234567890?pwd=abc", "meeting"),
        ("Zoom ID: 123 4567 8901 passcode 9x9x", "meeting"),
        ("Ring oh seven seven double oh, nine hundred, one two three", "phone"),
        ("zerosevensevenzerozero 900 123", "phone"),
        ("Ring O77OO 9OO123", "phone"),
        ("my insta is mia.k07", "handle"),
        ("Find me on Snapchat: mia_k07", "handle"),
        ("sc: mia_k07", "handle"),
        ("add @miak on insta", "handle"),
        ("come on discord gg slash lark7", "chat_invitation"),
        ("t dot me slash joinchat slash AAbb99", "chat_invitation"),
        ("zoom.us/j/88412095567 code 4471", "meeting"),
        ("we meet on zoom, id 812 3456 7890 code kestrel", "meeting"),
        ("disc gg / lark7", "chat_invitation"),
        ("come to ours, 3 Tern Court, at seven", "home_address"),
        ("We're at 14 Larkspur Close", "home_address"),
        ("tele: 07700 900123", "phone"),
        ("my insta is jay underscore mills 07", "handle"),
        ("s.n.a.p me: ellie.x.2012", "handle"),
        ("add me on snap", "private_contact"),
        ("add me on \u0455nap", "private_contact"),
        ("whats ur snap", "private_contact"),
        ("wanna meet up? just me and you", "private_contact"),
        ("msg me but dont tell ur mum", "private_contact"),
    ],
)
def test_a_private_detail_is_found(text: str, what: str) -> None:
    assert found(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "We won 21-12",
        "Half time 3-1, full time 12-7",
        "On 07/07/2026 from 09:30 to 15:15",
        "Buses at 0745 0815 1530 1605",
        "Between 1901, 1944 and 1978",
        "We raised \u00a312,450.75 of \u00a3130,000",
        "Hymns 112, 48, 230 and 17",
        "ISBN 9780141036144",
        "Order number 01632960482",
        "Childline is on 0800 1111",
        "Look at example.com or bbc.example",
        "Meet me at dot dash corner",
        "Open evening at the school, Castle Road, OV3 1AA",
        "Match at Hadley Leisure Centre, 12 Station Road, OV7 2QD",
        "At 22 High Street stands our oldest building",
        "Write to info@hadleymuseum.org.uk",
        "https://youtu.be/abc123",
        "https://zoom.us/j/1234567890",
        "https://docs.google.com/forms/d/abc/viewform",
        "One two three four five six seven eight nine ten eleven",
        "Follow our account on Instagram @ousterlyvale_pe",
        "Add our Instagram @ousterlyvale_pe",
        "What's the insta for the drama club?",
        "My snapchat is broken",
        "Come to ours, the only school with a goat",
        "We're at 14 High Street for the library visit",
        "Ring the office on 01632 960455",
        "You look really smart for year 8, is there somewhere to buy that blazer?",
        "Meet at the gate at 4 if you want to share the walk",
        "Message me, I've got your Tupperware",
        "Film club: Home Alone",
        "",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Write to office@ousterlyvale.sch.uk",
        "Write to D.Abara@OusterlyVale.sch.uk",
        "Write to music@arts.ousterlyvale.sch.uk",
        "Write to head@vale.example.org",
        "Ring 01632 960100",
        "Ring +44 1632 960 100",
        "Ring (01632) 960-100",
        "Ring oh one six three two nine six oh one hundred",
    ],
)
def test_the_schools_own_is_not(text: str) -> None:
    assert found(text) == []


def test_words_that_draw_a_child_into_a_secret_are_found() -> None:
    assert set(found("you look really mature for year 8, is there somewhere more private?")) == {"private_contact"}
    assert set(found("I can be your secret friend")) == {"private_contact"}


@pytest.mark.parametrize(
    ("drawn", "ordinary"),
    [
        ("what are u wearing under that blazer", "what are you wearing for own clothes day, blazer off?"),
        ("what r u wearing rn", "what r u wearing for prom"),
        ("send me one in your pe kit", "bring one in your pe bag"),
        ("pic of your feet babe", "pic of your silly socks"),
        ("ur so pretty in that gala pic. got any more just for me", "got a gala pic of just the trophy? for the paper"),
        ("50 robux if u send a pic", "50 robux if you win the quiz"),
        ("dont show anyone our chat", "show everyone our chart"),
        ("dont tell ur mum about us", "tell ur mum about us, we need helpers"),
        ("sit on the webcam with the door shut", "sit near the webcam with the orchestra"),
        ("shut your bedroom door and call me", "shut the classroom door and call the register"),
        ("come mine after school, parents are away", "come after school, parents are welcome"),
        ("if you told anyone they'd just blame you", "if you told anyone about the cake keep it quiet"),
        ("turn your location on so i can see you", "turn your location off, staff, for your safety"),
        ("delete these messages babe", "delete these messages, the new times are on the site"),
        ("do u like older guys", "do you like older buildings"),
        ("u still a virgin", "the virgin islands project is still up"),
        ("you're not like other girls your age", "you're not like other clubs"),
    ],
)
def test_what_draws_a_child_is_found_and_its_ordinary_twin_is_not(drawn: str, ordinary: str) -> None:
    assert set(found(drawn)) == {"private_contact"}
    assert found(ordinary) == []


def test_a_domain_that_only_ends_like_the_schools_is_somebody_elses() -> None:
    assert found("Write to jo@notousterlyvale.sch.uk") == ["email"]


def test_the_span_is_that_of_the_text_as_given() -> None:
    text = "\u201cCaf\u00e9\u201d \u200b\U0001f389 ring 07700\u00a0900123 today"

    [one] = contact_details(text)

    assert text[slice(*one.span)] == "07700\u00a0900123"


def test_why_quotes_nothing_of_the_text() -> None:
    [one] = contact_details("Ring 07700 900123")

    assert "900" not in one.why
