"""The public cues: our school or another, a year, a class, and whose words they are."""

from dataclasses import replace

import pytest

from engines.people.cues import places
from engines.people.cues.model import Cues
from engines.people.cues.phrases import CueReader, year_of
from engines.people.model import SchoolNames
from tests.engines.people.faces import SCHOOL, actor


def _read(bio: str, **more: str) -> Cues:
    return CueReader(SCHOOL).read(actor("Somebody", bio, **more))


@pytest.mark.parametrize(
    "bio", ["OVS rugby", "y10, Ousterly Vale School orchestra", "#OVS", "ousterly vale", "Year 9 @ Ousterly Vale High"]
)
def test_finds_our_school(bio: str) -> None:
    cues = _read(bio)

    assert cues.names_school
    assert not cues.names_other_school


def test_finds_our_school_in_the_location() -> None:
    assert _read("Hockey", location="Ousterly Vale").names_school


@pytest.mark.parametrize("bio", ["Ousterly", "Vale of tears", "novs", "Marchshire"])
def test_the_town_alone_is_not_the_school(bio: str) -> None:
    assert not _read(bio).names_school


@pytest.mark.parametrize(
    "bio",
    [
        "Year 13, Marlcombe Academy. Rowing.",
        "Primary teacher, Stow Bassett Primary",
        "Head of Maths, Netherhope School",
        "Netherhope High School",
        "St. Bride's School",
        "marlcombe academy y9",
        "Ousterly Vale then Marlcombe College",
    ],
)
def test_finds_another_school(bio: str) -> None:
    assert _read(bio).names_other_school


@pytest.mark.parametrize(
    "bio",
    [
        "9 | Beacon Hill High | Marchshire",
        "at Bishop Ullathorne y11",
        "st albans rc; cats; y9",
        "St Albans CofE",
        "Beacon Hill Prep",
        "Beacon Hill International, y9",
        "beacon hill middle | y9",
        "beacon hill learning campus",
        "Ysgol Glan Nant",
        "Y9 ~ St Hilda's RC High",
        "Tarn Side Secondary, netball",
        "Fold Lane CE",
        "St Werburgh's | 9",
        "st werburghs y9",
        "Beacon Hill UTC",
        "King Edward VI",
        "king edward vi grammar",
        "Lady Margaret School",
        "Coleg Glan Nant",
        "Our Lady of Tarn Side",
        "@BeaconHillHigh",
        "y9 beacon hill high",
        "Year 9 at Tarnside",
        "Tarnside pupil",
        "y9 TSGS",
        "Tarn Side Girls School",
        "Queen Anne class of",
        "Lady Hawkins choir",
        "bishop vesey rugby",
        "queen elizabeth",
        "tarnside ce",
        "tarnside comp, y9",
        "Tarn Side Girls netball",
        "Tarn Side Girls",
        "Blessed Carlo Acutis CMAC",
        "Gaelchol\N{LATIN SMALL LETTER A WITH ACUTE}iste Mhuire, y8",
        "Prince Alaric's",
        "Sir Wystan Thorne's",
        "Dame Hilda Thorne\N{RIGHT SINGLE QUOTATION MARK}s, y9",
        "King James V Academy",
        "Bishop Thornquist",
        "Cardinal Ostrander | 9",
        "Pope Clement",
        "St John Thornquist",
        "Saint Mary Ostrander",
        "SS John and Hilda",
        "Ysgol y Glan",
        "Sgoil Tarnside",
        "Gaelscoil na n\N{LATIN CAPITAL LETTER O WITH ACUTE}g",
        "UTC Tarnside",
        "P.S. 118",
        "SP 12",
        "Liceum nr 5",
        "School No. 57",
        "Tarnside Montessori",
        "Tarnside PRU",
        "Tarnside HS",
        "Tarnside Pupil Referral Unit",
        "The Bluecoat Tarnside",
        "Tarnside 6th form",
        "tarnside 6th form",
        "Fold Lane Upper",
        "Gymnasium Am Park",
        "Steiner Academy Tarnside",
    ],
)
def test_finds_another_school_of_every_kind(bio: str) -> None:
    assert _read(bio).names_other_school


@pytest.mark.parametrize(
    "bio",
    [
        "St George's Day",
        "St Albans born",
        "Aim High",
        "y9 | high on life",
        "nobody at primary likes maths",
        "Queen Bee",
        "King of Fortnite",
        "NHS worker",
        "bro code",
        "Amnesty International",
        "malcolm in the middle",
        "Year 9 at Ousterly Vale",
        "Year 9 pupil, Ousterly",
        "Ousterly Vale Secondary",
        "Vale High, Ousterly",
        "football \N{CHERRY BLOSSOM} Ousterly Vale High School",
        "Hart Feeder Primary",
        "Spice Girls",
        "king of rugby",
        "queen mia",
        "gym comp",
        "cheer comp on saturday",
        "Lady Gaga",
        "PS5 | xbox",
        "PS 5",
        "no 9 on the team",
        "St John Ambulance cadet",
        "Sir Mo's biggest rival",
        "Queen of Hearts",
        "all saints church choir",
        "iPhone school of photos",
        "upper arm day",
        "6th form in september",
    ],
)
def test_what_is_ours_or_no_school_is_no_other_school(bio: str) -> None:
    ours = replace(SCHOOL, partners=("Hart Feeder Primary",))

    assert not CueReader(ours).read(actor("Somebody", bio)).names_other_school


@pytest.mark.parametrize(
    "bio",
    [
        "School run survivor",
        "Retired Primary School Teacher",
        "old school gamer",
        "Secondary School",
        "i hate school",
        "my academy",
        "Ousterly Vale Secondary School",
        "Chair of governors, Ousterly Vale School",
    ],
)
def test_a_school_without_a_name_is_no_other_school(bio: str) -> None:
    assert not _read(bio).names_other_school


def test_a_school_with_a_full_stop_in_its_name_is_ours_and_no_other() -> None:
    ours = SchoolNames("St. Cuthmann's Primary", ("SCP",))

    cues = CueReader(ours).read(actor("Somebody", "Year 4 at St. Cuthmann's Primary"))

    assert cues.names_school
    assert not cues.names_other_school


@pytest.mark.parametrize(
    ("bio", "years"),
    [
        ("y8 | goalie", {"8"}),
        ("Year 10. Violin.", {"10"}),
        ("yr 07", {"7"}),
        ("Year R", {"r"}),
        ("year nine 4eva", {"9"}),
        ("reception \U0001f338 slime", {"r"}),
        ("In Reception, cats", {"r"}),
        ("Our wedding reception | last yr", set()),
        ("Year 8 and year 9", {"8", "9"}),
        ("20 years old, y2k, U14s, year 2019", set()),
    ],
)
def test_finds_the_years_it_gives(bio: str, years: set[str]) -> None:
    assert _read(bio).years == years


@pytest.mark.parametrize(
    ("bio", "class_name", "says"),
    [
        ("9S, hockey", "9S", True),
        ("9s", "9-S", True),
        ("7s | cross country", "7S", True),
        ("10K runner", "10K", False),
        ("class 10K", "10K", True),
        ("cats | 12K | y12", "12K", True),
        ("5K and 10K runs", "10K", False),
        ("10k OVS", "10K", True),
        ("Oak trees", "Oak", False),
        ("Oak class", "Oak", True),
        ("9SA", "9S", False),
        ("anything", "", False),
    ],
)
def test_finds_the_class_where_it_is_not_another_thing(bio: str, class_name: str, says: bool) -> None:
    assert _read(bio).says_class(class_name) is says


@pytest.mark.parametrize(
    ("bio", "kinds"),
    [
        ("Mum of two", {"family"}),
        ("Estate agent. Director.", {"trade"}),
        ("Head of Drama. Views mine.", {"job"}),
        ("TA and runner", {"job"}),
        ("ta for the follow", set()),
        ("Grandad. Governor.", {"relative", "governor"}),
        ("class of 2025", {"leaver"}),
        ("Cats, trains, rain.", set()),
    ],
)
def test_finds_whose_words_they_are(bio: str, kinds: set[str]) -> None:
    assert _read(bio).kinds == kinds


@pytest.mark.parametrize("sign", [" \N{MIDDLE DOT} ", " ~ ", " \N{CHERRY BLOSSOM} ", " - ", " :: ", " + "])
@pytest.mark.parametrize("after", ["Phoenix house", "Loves Cats", "Ballet"])
def test_what_stands_behind_a_sign_goes_on_no_name_of_ours(sign: str, after: str) -> None:
    ours = replace(SCHOOL, name="Ousterly Vale Upper Academy", aliases=("Ousterly Vale",))
    cues = CueReader(ours).read(actor("Somebody", f"Ousterly Vale{sign}{after}"))

    assert (cues.names_school, cues.names_school_called_alike) == (True, False)


@pytest.mark.parametrize("town", ["Swindon", "whitby", "High Wycombe", "St Albans", "Kings Lynn", "Diss"])
@pytest.mark.parametrize(
    "frame", ["y8 | {} | netball", "{}, y8", "{}", "15 / cats / {}", "from {} \N{CHERRY BLOSSOM} art"]
)
def test_a_town_alone_in_a_bio_is_a_place_elsewhere(frame: str, town: str) -> None:
    assert _read(frame.format(town)).lives_elsewhere


@pytest.mark.parametrize(
    "bio",
    ["Rugby | y8", "y8 | Harlow", "chester | y8", "Ousterly | y8", "swindon town fc fan", "y8, Ousterly Vale School",
     "Swindon's finest baker", "barking mad | y8"],
)  # fmt: skip
def test_a_pastime_a_given_name_or_our_own_town_is_no_place_elsewhere(bio: str) -> None:
    assert not _read(bio).lives_elsewhere


@pytest.mark.parametrize("location", ["Whitby", "whitby, UK", "Diss | Norfolk"])
def test_a_town_given_as_the_location_is_a_place_elsewhere(location: str) -> None:
    assert _read("y8", location=location).lives_elsewhere


@pytest.mark.parametrize("location", ["Ousterly", "UK", "my bedroom", "Whitby Road, Ousterly"])
def test_what_else_is_given_as_the_location_is_no_town_elsewhere(location: str) -> None:
    assert not _read("y8", location=location).lives_elsewhere


def test_a_town_of_the_list_that_is_our_own_is_no_place_elsewhere() -> None:
    ours = replace(SCHOOL, town="Swindon")

    assert not CueReader(ours).read(actor("Somebody", "y8 | Swindon")).lives_elsewhere


def test_a_title_before_the_name_is_an_adults() -> None:
    assert CueReader(SCHOOL).read(actor("Mrs Verma")).kinds == {"title"}


@pytest.mark.parametrize(
    ("written", "year"),
    [("8", "8"), ("Year 8", "8"), ("Y08", "8"), ("R", "r"), ("Reception", "r"), ("N", "n"), ("", None), (None, None)],
)
def test_a_roll_may_write_the_year_as_it_likes(written: str | None, year: str | None) -> None:
    assert year_of(written) == year


@pytest.mark.parametrize("bio", ["Ridgeway Sec yr 8", "ridgeway sec yr 8", "ridgeway sec | y8", "Larkspur Prim"])
def test_a_kind_of_school_cut_short_names_another_school(bio: str) -> None:
    assert _read(bio).names_other_school


@pytest.mark.parametrize("bio", ["back in a sec", "one sec", "Ousterly Vale Sec", "Ousterly Vale Secondary | y8"])
def test_a_moment_or_our_own_school_cut_short_is_no_other_school(bio: str) -> None:
    assert not _read(bio).names_other_school
    assert not _read(bio).names_school_called_alike


@pytest.mark.parametrize("bio", ["ousterly juniors u13s", "Marlcombe Juniors FC", "Netherhope Academy u14 | y8 OVS",
                                 "Netherhope United Academy"])  # fmt: skip
def test_a_club_for_players_under_an_age_is_no_school(bio: str) -> None:
    assert not _read(bio).names_other_school


@pytest.mark.parametrize(
    ("bio", "is_school"),
    [
        ("Y8 Oakmoor", True), ("Oakmoor year 8", True), ("yr 8 Thornby Grange", True), ("Y8 Phoenix", False),
        ("Y8 Ousterly", False), ("Y8 Tia", False), ("Year 8 Netball Captain", False), ("Oakmoor", False),
        ("Y8 Oakmoor | OVS", False), ("y8 oakmoor", False),
    ],
)  # fmt: skip
def test_a_year_group_with_a_name_that_is_no_word_may_be_another_schools(bio: str, *, is_school: bool) -> None:
    assert _read(bio).may_name_other_school is is_school


@pytest.mark.parametrize(("bio", "is_school"), [("Y8 Oakmoor", True), ("BHS yr10", True), ("hockey | music", False)])
def test_word_lists_are_asked_and_not_gone_through_for_each_profile(
    bio: str, *, is_school: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked:
        def __contains__(self, word: str) -> bool:
            return False

    monkeypatch.setattr(places, "english_words", Asked)

    assert _read(bio).may_name_other_school is is_school


@pytest.mark.parametrize(
    ("bio", "is_elsewhere"),
    [
        ("Chemistry teacher in Croydon", True), ("from Ousterly, living in Toronto", True),
        ("Swindon born n bred", True),
        ("Ousterly, Swindon", False), ("teacher in Ousterly", False), ("y8 in form", False), ("lost in music", False),
        ("Toronto raptors", False), ("reading | bath | y8", False), ("14 | Wales", False),
    ],
)  # fmt: skip
def test_a_place_is_elsewhere_where_ours_is_not_given_or_the_owner_lives_there_now(
    bio: str, *, is_elsewhere: bool
) -> None:
    assert _read(bio).lives_elsewhere is is_elsewhere
