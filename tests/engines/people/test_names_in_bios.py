"""A name that stands in a bio: at its start before anything, or in a handle from elsewhere; two friends."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson
from tests.engines.people.faces import SCHOOL, actor, people

PUPILS = """
    role  | person_id | given_names | surname | year_group
    pupil | p1        | Tia         | Brannel | 8
    pupil | p2        | Chidi       | Oakes   | 8
"""


@pytest.mark.parametrize(
    "bio",
    [
        "Tia Brannel y8 OVS",
        "tia brannel ovs y8",
        "Tia Brannel ~ y8 OVS",
        "Tia B y8 OVS",
        "tia brannel loves cats and dogs, y8 OVS",
        "y8 OVS | snap: tia.brannel",
        "sc tiabrannel, y8 ovs",
        "tt @tia_brannel | OVS y8",
        "main @tiabrannel x OVS x y8",
        "OVS y8 \N{GHOST} tiabrannel",
        "sc//tiabrannel | OVS y8",
        "main is @tiabrannel, OVS y8",
        "netball x snap: tia.brannel x OVS x y8",
        "OVS x y8 x ig tia_brannel",
        "y8 x cats x priv: tiabrannel x OVS",
        "priv of @tiabrannel | y8 OVS",
        "backup for @tiabrannel | OVS y8",
        "x: tia.brannel | OVS y8",
        "x @tiabrannel OVS y8",
        "OVS y8, @tiabrannel is my main",
        "tiktok.com/@tiabrannel OVS y8",
        "OVS tia brannel y8",
        "y8 OVS tia brannel",
        "- tia brannel - OVS y8",
        "the name's tia brannel, OVS y8",
        "its ya girl tia brannel, OVS y8",
        "irl name tia brannel. OVS y8",
        "name: tia brannel age: 12 school: OVS",
        "formerly @tia.brannel, OVS y8",
    ],
)
def test_a_name_in_a_bio_is_its_owners(bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("name", ["im tia-rose brannel and i like horses", "tia rose brannel loves cats and dogs"])
def test_a_further_given_name_in_a_bio_is_read_with_the_others(name: str) -> None:
    [match] = match_people(people(PUPILS.replace("Tia     ", "Tia Rose")), [actor(None, f"{name}, OVS y8")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("bio", ["tia @ OVS y8", "tia OVS y8", "tia cats OVS y8", "OVS y8 tia"])
def test_a_given_name_before_a_mere_blank_lists_its_bearer(bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band, match.probability > 0.5) == ("p1", "possible", True)


def test_a_handle_from_elsewhere_is_read_though_the_accounts_own_looks_like_somebodys() -> None:
    pupils = people(PUPILS + "    pupil | p3        | Maple       | Fenn    | 10\n")

    found = match_people(pupils, [actor(None, "snap: tia.brannel, y8 OVS", handle="maplerush88")], SCHOOL)

    assert [one.person_id for one in found if one.band == "likely"] == ["p1"]


@pytest.mark.parametrize("bio", ["bsf: tia.brannel y8 OVS", "my bestie @tiabrannel, OVS", "we love tia brannel OVS"])
def test_somebody_elses_name_in_a_bio_is_not(bio: str) -> None:
    assert match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL) == []


@pytest.mark.parametrize(
    ("handle", "name"),
    [("tia_and_chidi", "Tia & Chidi"), ("tia.n.chidi", None), ("duo7", "Tia + Chidi"), ("duo7", "Tia x Chidi"),
     ("duo7", "Tia/Chidi")],
)  # fmt: skip
def test_an_account_of_two_friends_is_of_both(handle: str, name: str | None) -> None:
    found = match_people(people(PUPILS), [actor(name, "y8 OVS", handle=handle)], SCHOOL)

    assert {one.person_id for one in found if one.probability > 0.5} == {"p1", "p2"}


def test_of_two_friends_of_common_names_the_year_tells_which() -> None:
    pupils = people("""
        role  | person_id | given_names | surname  | year_group
        pupil | p1        | Tia         | Brannel  | 8
        pupil | p2        | Tia         | Verrick  | 10
        pupil | p3        | Chidi       | Oakes    | 8
        pupil | p4        | Chidi       | Stanhopp | 11
    """)

    found = match_people(pupils, [actor("Tia & Chidi", "y8 OVS", handle="duo7")], SCHOOL)

    assert {one.person_id for one in found if one.probability > 0.5 and one.is_best} == {"p1", "p3"}


_FRIENDS_OF_TWO_YEARS = """
    role  | person_id | given_names | surname | year_group | class_name | date_of_birth
    pupil | p1        | Tia         | Brannel | 8          | 8K         | 2014-03-21
    pupil | p2        | Chidi       | Oakes   | 10         | 10M        | 2011-11-02
    pupil | p3        | Chidi       | Farrow  | 8          | 8K         | 2014-03-21
"""


@pytest.mark.parametrize("bio", ["y8 OVS", "8K | OVS", "OVS, 12 yrs old"])
def test_what_is_told_of_one_of_two_friends_rules_out_no_bearer_of_the_other_name(bio: str) -> None:
    found = match_people(
        _born(_FRIENDS_OF_TWO_YEARS), [actor("Tia & Chidi", bio, handle="duo7")], SCHOOL, as_of=date(2026, 11, 20)
    )

    assert {one.person_id for one in found if one.probability > 0.5} == {"p1", "p3"}
    assert {one.person_id for one in found} == {"p1", "p2", "p3"}


@pytest.mark.parametrize("bio", ["y8 OVS", "8K | OVS", "OVS, 12 yrs old"])
def test_what_fits_bearers_of_both_names_of_two_friends_speaks_half_for_each(bio: str) -> None:
    drawn = _born(_FRIENDS_OF_TWO_YEARS)
    shown = actor("Tia & Chidi", bio, handle="duo7")
    of_both, of_one = (
        {one.person_id: one.score for one in match_people(everybody, [shown], SCHOOL, as_of=date(2026, 11, 20))}
        for everybody in (drawn, [replace(drawn[0], year_group="3", class_name="3K", date_of_birth=None), *drawn[1:]])
    )

    assert 0 < of_both["p3"] - of_both["p2"] < of_one["p3"] - of_one.get("p2", -9.0)


@pytest.mark.parametrize("bio", ["y3 OVS", "y3 | 7 yrs old", "OVS | 7yo", "OVS | 21.04.2012"])
def test_what_is_true_of_neither_of_two_friends_speaks_against_both(bio: str) -> None:
    accounts = [actor("Tia & Chidi", said, handle="duo7") for said in (bio, "OVS")]

    told, silent = (
        {one.person_id: one.score for one in match_people(
            _born(_FRIENDS_OF_TWO_YEARS), [account], SCHOOL, as_of=date(2026, 11, 20))}
        for account in accounts
    )  # fmt: skip

    assert silent.keys() == {"p1", "p2", "p3"}
    assert all(told.get(person, -9.0) < silent[person] for person in silent)


@pytest.mark.parametrize(
    "handle", ["maritandchidi", "maritnchidi", "marit_and_chidi", "chidi.n.marit", "chidiandmarit", "MaritAndChidi"]
)
def test_a_handle_of_two_given_names_is_of_both(handle: str) -> None:
    found = match_people(people(PUPILS.replace("Tia", "Marit")), [actor(None, "y8 OVS", handle=handle)], SCHOOL)

    assert {one.person_id for one in found if one.probability > 0.5} == {"p1", "p2"}


def _born(drawing: str) -> list[RegisterPerson]:
    return [
        replace(one, date_of_birth=date.fromisoformat(str(one.date_of_birth)), class_name=str(one.class_name))
        for one in people(drawing)
    ]


def test_a_family_name_in_the_forenames_column_is_no_friend() -> None:
    pupils = people("""
        role  | person_id | given_names | surname | known_as | year_group
        pupil | p1        | Fong        | Xin Yi  | Billy    | 8
        pupil | p2        | Fong        | Xin Yi  | Alyssa   | 10
    """)

    found = match_people(pupils, [actor("Fong Billy", "y8 OVS", handle="billyfong")], SCHOOL)

    assert [one.person_id for one in found if one.probability > 0.5] == ["p1"]


STAFF = """
    role  | person_id | title | given_names | surname | job_title
    staff | s1        | Mrs   | Ada         | Brannel | Maths Teacher
    staff | s2        | Mr    | Tom         | Brook   | Caretaker
    pupil | p1        |       | Tia         | Oakes   |
"""


@pytest.mark.parametrize(
    "bio", ["Maths Teacher, Tarnside High", "Maths Teacher at St Werburgh's", "Tarn Side UTC | maths teacher"]
)
def test_a_teacher_who_names_another_school_is_below_even_odds(bio: str) -> None:
    [match] = match_people(people(STAFF)[:1], [actor("Mrs Ada Brannel", bio, handle="mrsbrannel")], SCHOOL)

    assert (match.band, match.probability < 0.5) == ("possible", True)


@pytest.mark.parametrize("handle", ["mrs_b_teaches", "mrsbmaths", "mrs.b.teacher", "mrs_b_maths"])
def test_a_title_an_initial_and_the_job_list_the_teacher(handle: str) -> None:
    found = match_people(people(STAFF), [actor("Mrs B", "Maths Teacher, OVS", handle=handle)], SCHOOL)

    assert [(one.person_id, one.band) for one in found if one.is_best] == [("s1", "possible")]


@pytest.mark.parametrize(
    "name", ["Ada Verrick (n\N{LATIN SMALL LETTER E WITH ACUTE}e Brannel)", "Ada Verrick nee Brannel"]
)
def test_the_name_that_somebody_bore_once_is_read(name: str) -> None:
    found = match_people(people(STAFF), [actor(name, "OVS teacher")], SCHOOL)

    assert [one.person_id for one in found if one.is_best] == ["s1"]


@pytest.mark.parametrize(
    "bio",
    [
        "OVS y8 tia brannel bff",
        "y8 OVS tia brannel is the best",
        "OVS tia brannel fan acc",
        "my other half @tiabrannel is my main reason to live",
        "ex: @tiabrannel real one",
    ],
)
def test_a_friend_whom_a_bio_names_after_its_school_is_not_its_owner(bio: str) -> None:
    assert match_people(people(PUPILS), [actor("Ella", bio, handle="netballstar")], SCHOOL) == []


@pytest.mark.parametrize("name", [None, "Ella", "netball star", "Tia"])
@pytest.mark.parametrize(
    "bio",
    [
        "Tia Brannel is my best friend y8 OVS",
        "tia brannel my lil cousin | OVS y8",
        "OVS y8 | tia brannel bff",
        "y8 OVS | tia brannel is my sister",
        "Tia Brannel is our fave coach | y8 OVS",
        "Tia Brannel = crush | OVS y8",
        "Tia Brannel ily, OVS y8",
        "tia brannel has my heart, y8 OVS",
        "Tia Brannel always makes me laugh | OVS y8",
        "hi tia brannel is my bff | OVS y8",
        "bsf | tia brannel | OVS y8",
        "my bestie - tia brannel - OVS y8",
        "tia brannel, my twin forever, y8 OVS",
        "tia brannel (bestie) OVS y8",
        "besties: ella, tia brannel | OVS y8",
        "I \N{HEAVY BLACK HEART} Tia Brannel | OVS y8",
        "ella \N{HEAVY BLACK HEART} tia brannel | OVS y8",
        "my bestie's insta @tia.brannel y8 OVS",
        "follow my sister's main @tiabrannel, OVS y8",
        "snap: tia.brannel (my bestie) | OVS y8",
        "Tia Brannel and Chidi Oakes are my besties y8 OVS",
        "Tia Brannel & me y8 OVS",
        "bff w/ tia brannel y8 OVS",
        "Tia Brannel, you are my world. y8 OVS",
        "Tia Brannel blocked me | OVS y8",
        "Tia Brannel came to my party y8 OVS",
        "Tia Brannel if u see this call me y8 OVS",
        "follow my bff on insta @tiabrannel | y8 OVS",
        "add my gf on snap: tiabrannel y8 OVS",
        "ig @tiabrannel (not me) OVS y8",
    ],
)
def test_a_friend_or_relative_whom_a_bio_names_is_not_its_owner(bio: str, name: str | None) -> None:
    assert not [one for one in match_people(people(PUPILS), [actor(name, bio)], SCHOOL) if one.band == "likely"]


@pytest.mark.parametrize("name", [None, "netball star"])
@pytest.mark.parametrize(
    "bio",
    [
        "Tia Brannel hate acc | OVS y8",
        "Tia Brannel confessions | OVS y8",
        "y8 OVS | tia brannel facts",
        "tia brannel stinks, OVS y8",
        "tia brannel is such a snake, y8 OVS",
        "Tia Brannel is so annoying y8 OVS",
    ],
)
def test_a_bio_that_goes_on_about_whom_it_names_is_of_a_page_about_them(bio: str, name: str | None) -> None:
    [match] = match_people(people(PUPILS), [actor(name, bio)], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "about")


@pytest.mark.parametrize("name", [None, "netball star"])
@pytest.mark.parametrize(
    "bio",
    [
        "Tia Brannel anti bullying ambassador OVS y8",
        "Tia Brannel tea lover | OVS y8",
        "Tia Brannel is a dancer | OVS y8",
        "Tia Brannel if you know you know y8 OVS",
        "Tia Brannel call me tia y8 OVS",
        "im tia brannel confessions of a netballer | OVS y8",
        "tia brannel is me, OVS y8",
        "tia brannel is my name, OVS y8",
        "Tia Brannel | my bestie is ella | OVS y8",
        "Tia Brannel my bff ella, OVS y8",
        "tia brannel i love my dog | OVS y8",
        "Tia Brannel | big sister | OVS y8",
        "tia brannel, sister of ola, OVS y8",
        "tia brannel bffs with ella OVS y8",
        "tia brannel horses are my life OVS y8",
        "hi im tia brannel and i love my bff | OVS y8",
        "tia brannel | my life my rules | OVS y8",
        "y8 OVS | tia brannel | bsf: ella",
        "bsf: ella | sc tia.brannel | OVS y8",
        "tia brannel goes to OVS y8",
    ],
)
def test_who_names_themselves_and_speaks_of_friends_stays_the_owner(bio: str, name: str | None) -> None:
    [match] = match_people(people(PUPILS), [actor(name, bio, handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("name", ["Ella", "Anna", "Harry x", "ellaa", "Oluwaseun", "tia brannel ily", "Tia's bestie"])
@pytest.mark.parametrize(("handle", "bio"), [("x77", "Tia Brannel y8 OVS"), ("tiabrannel", "y8 OVS")])
def test_another_name_that_is_shown_speaks_against_the_owner(name: str, handle: str, bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, bio, handle=handle)], SCHOOL)

    assert match.band != "likely"


@pytest.mark.parametrize("name", ["Xin Yi", "Jarek Kowalczyk", "Pryia Raghunathan", "Adwoa Yaa-Osei"])
@pytest.mark.parametrize("bio", ["Tia Brannel y8 OVS", "tia brannel | OVS y8", "y8 OVS tia brannel"])
def test_an_unknown_name_that_is_shown_speaks_against_whom_the_bio_alone_names(name: str, bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, bio, handle="x77")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "possible")


@pytest.mark.parametrize(
    ("name", "handle", "bio"),
    [
        ("Xin Yi", "x77", "im tia brannel | y8 OVS"),
        ("Xin Yi", "x77", "my name is Tia Brannel, OVS y8"),
        ("Xin Yi", "x77", "tia brannel is me, OVS y8"),
        ("Xin Yi", "tiabrannel", "y8 OVS"),
        ("Xin Yi", "x77", "main @tiabrannel | OVS y8"),
        ("Shadow Wolf", "x77", "Tia Brannel y8 OVS"),
        ("Aesthetic Vibez", "x77", "Tia Brannel y8 OVS"),
        ("vex kyro", "x77", "Tia Brannel y8 OVS"),
        ("Ousterly Vale", "x77", "Tia Brannel y8 OVS"),
    ],
)
def test_a_nickname_or_a_bio_that_says_whose_it_is_leaves_the_owner(name: str, handle: str, bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, bio, handle=handle)], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("name", [None, "netball star"])
@pytest.mark.parametrize("frame", ["{} | y8 OVS", "y8 OVS | {}", "{} y8 OVS"])
@pytest.mark.parametrize(
    "said",
    [
        *(f"{greeting} {{}}" for greeting in ("hi", "hey", "hiya", "hello,", "hey there", "Hii", "heyy", "Hola")),
        *(f"{{}} {sign}" for sign in ("<3", "<33", "\N{BLACK HEART SUIT}", "\N{HEAVY BLACK HEART}\ufe0f",
                                      "\N{TWO HEARTS}", "\N{SMILING FACE WITH HEART-SHAPED EYES}",
                                      "\N{FACE THROWING A KISS}")),
        *(f"{sign} {{}}" for sign in ("<3", "\N{HEAVY BLACK HEART}\ufe0f", "\N{GROWING HEART}")),
        *(f"{{}} {word}" for word in ("lysm", "ilysm", "xoxo ily", "4ever", "4eva <3", "forever", "for ever", "bffs",
                                      "ily")),
        *(f"{word} {{}}" for word in ("love", "ily", "bff", "me <3", "happy birthday", "thanks", "good luck", "bye",
                                      "in love w/")),
        "{} ur the best",
        "{}<3",
        "\N{GROWING HEART}{}\N{GROWING HEART}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("called", ["Tia Brannel", "tia brannel"])
def test_whom_a_bio_greets_or_loves_is_not_its_owner(said: str, called: str, frame: str, name: str | None) -> None:
    bio = frame.format(said.format(called))

    found = match_people(people(PUPILS), [actor(name, bio, handle="maplerush88")], SCHOOL)

    assert all(match.band != "likely" and match.probability < 0.5 for match in found)


@pytest.mark.parametrize(
    "bio",
    [
        "hi im tia brannel <3 | y8 OVS",
        "im tia brannel <3 y8 OVS",
        "hiya, i'm Tia Brannel. y8 OVS",
        "hi there, im tia brannel y8 OVS",
        "hey its tia brannel y8 OVS",
        "hi! tia brannel here, y8 OVS",
        "welcome to my page im tia brannel y8 OVS",
        "the real tia brannel y8 OVS",
        "tia brannel | OVS y8 <3",
        "tia brannel | cats \N{HEAVY BLACK HEART} | y8 OVS",
        "tia brannel love netball y8 OVS",
        "tia brannel \N{SPARKLES} y8 OVS",
        "tia brannel forever tired | OVS y8",
    ],
)
def test_who_greets_others_or_loves_something_stays_the_owner(bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize(("name", "handle"), [("Tia Brannel", "x77"), (None, "tiabrannel")])
def test_a_heart_beside_the_name_that_the_account_shows_too_says_nothing(name: str | None, handle: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, "tia brannel <3 y8 OVS", handle=handle)], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("frame", ["{} | y8 OVS", "y8 OVS | {}", "{} y8 OVS"])
@pytest.mark.parametrize(
    "said",
    [*(f"{sign} {{}} {sign}" for sign in ("<3", "<33", "\N{WHITE HEART SUIT}", "\N{BLACK HEART SUIT}")),
     "\N{WHITE HEART SUIT}{}\N{WHITE HEART SUIT}"],
)  # fmt: skip
@pytest.mark.parametrize("called", ["Tia", "tia", "Tia Brannel", "tia b"])
def test_signs_of_hearts_on_either_side_of_a_name_may_be_its_owners_own(called: str, said: str, frame: str) -> None:
    shown = actor(None, frame.format(said.format(called)), handle="maplerush88")

    [match] = match_people(people(PUPILS), [shown], SCHOOL)

    assert (match.person_id, match.band, match.probability > 0.5) == ("p1", "possible", True)


@pytest.mark.parametrize("sign", ["\N{TWO HEARTS}", "\N{HEAVY BLACK HEART}\ufe0f", "\N{GROWING HEART}"])
def test_hearts_on_either_side_of_a_given_name_alone_may_be_its_owners_own(sign: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, f"{sign} Tia {sign} | y8 OVS", handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band, match.probability > 0.5) == ("p1", "possible", True)


@pytest.mark.parametrize(
    "bio", ["I <3 Tia Brannel <3 | y8 OVS", "<3 Tia Brannel | y8 OVS", "ella <3 Tia Brannel <3 y8 OVS",
            "me <3 tia <3 y8 OVS", "love <3 Tia <3 y8 OVS", "<3 tia my bff <3 y8 OVS", "my bestie <3 Tia <3 | y8 OVS"]
)  # fmt: skip
def test_hearts_between_somebody_and_a_name_stay_another_persons(bio: str) -> None:
    found = match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL)

    assert all(match.band != "likely" and match.probability < 0.5 for match in found)


_FRIENDS = (
    "{} is my best friend y8 OVS", "{} my bestie | y8 OVS", "y8 OVS | my bff {}", "bsf: {} | y8 OVS",
    "{} is my sister | OVS y8", "y8 OVS, {} makes me laugh", "i love {} | y8 OVS", "{} (bestie) y8 OVS",
)  # fmt: skip


@pytest.mark.parametrize("handle", ["tiabrannel", "tia.brannel8", "tb8", "x77", "ella.x", "tia_b", "brannel_t"])
@pytest.mark.parametrize("name", [None, "Ella", "ella x", "Ella \N{CHERRY BLOSSOM}", "netball star", "E"])
@pytest.mark.parametrize("said", _FRIENDS)
def test_nobody_is_likely_whom_the_bio_calls_its_owners_friend(said: str, name: str | None, handle: str) -> None:
    found = match_people(people(PUPILS), [actor(name, said.format("Tia Brannel"), handle=handle)], SCHOOL)

    assert "likely" not in {match.band for match in found}


_OTHER_GIVEN = ["ella", "Rose", "mark", "grace", "sunny", "hope", "xin yi", "Jia Hui", "wei ming"]


@pytest.mark.parametrize(
    "said", ["no ma", "boo hoo", "na na", "ha ha ha", "ho ho ho", "yo yo", "la la la", "so so", "oh no", "me na",
             "woo hoo", "no pa", "ya ya", "boo to you", "da da", "hi ho", "wee woo", "no no no", "ma ma", "go bo"]
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{} | y8 OVS", "y8 OVS | {}", "im {} | y8 OVS", "{}, y8 OVS", "hi its {} y8 OVS"])
def test_an_exclamation_is_nobodys_given_name(frame: str, said: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, frame.format(said), handle="tiabrannel")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("name", ["no ma", "boo hoo", "Boo Hoo", "la la", "ha ha"])
def test_an_exclamation_that_is_shown_leaves_whom_the_bio_names(name: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, "Tia Brannel y8 OVS", handle="x77")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("given", _OTHER_GIVEN)
@pytest.mark.parametrize(
    "said", ["{} | y8 OVS", "im {} | y8 OVS", "y8 OVS | my name is {}", "{} y8 OVS", "hi i'm {}, y8 OVS"]
)
def test_another_given_name_that_a_bio_gives_its_owner_speaks_against_whom_the_handle_names(
    said: str, given: str
) -> None:
    pupils = people(PUPILS + "    pupil | p3        | Grace       | Oakes   | 8\n")
    shown = [actor(None, bio, handle="tiabrannel") for bio in (said.format(given), "y8 OVS")]

    other, plain = ([one for one in match_people(pupils, [each], SCHOOL) if one.person_id == "p1"] for each in shown)

    assert [one.band for one in plain] == ["likely"]
    assert all(one.band == "possible" and one.score < plain[0].score for one in other)


@pytest.mark.parametrize("name", ["rose", "mark", "Will", "sunny", "Sunny"])
def test_a_given_name_that_is_a_word_too_speaks_against_the_owner(name: str) -> None:
    found = match_people(people(PUPILS), [actor(name, "y8 OVS", handle="tiabrannel")], SCHOOL)

    assert all(one.band == "possible" for one in found)


@pytest.mark.parametrize("name", ["xin yi", "jia hui", "wei jie", "mei ling", "zi xuan", "Xin Yi"])
def test_syllables_of_a_given_name_speak_against_whom_the_bio_alone_names(name: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, "Tia Brannel y8 OVS", handle="x77")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "possible")


@pytest.mark.parametrize(
    "bio", ["im tired | y8 OVS", "my bestie is ella | y8 OVS", "netball | y8 OVS", "tia | y8 OVS", "im tia | y8 OVS",
            "hi ella | y8 OVS", "its giving | y8 OVS", "y8 OVS | ella", "cats | y8 OVS", "cats, art, y8 OVS"]
)  # fmt: skip
def test_what_gives_its_owner_no_other_name_leaves_whom_the_handle_names(bio: str) -> None:
    pupils = people(PUPILS + "    pupil | p3        | Catrin      | Oakes   | 8\n")

    [match] = match_people(pupils, [actor(None, bio, handle="tiabrannel")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("handle", ["tiabrannelsbff", "tia_brannels_sister", "bestie_of_tiabrannel", "tiabrannelily"])
def test_a_handle_of_a_friend_or_a_sister_is_not_theirs_whose_name_it_shows(handle: str) -> None:
    found = match_people(people(PUPILS), [actor(None, "y8 OVS", handle=handle)], SCHOOL)

    assert all(match.band != "likely" for match in found)


@pytest.mark.parametrize(
    "name",
    ["Tia Brannel my love", "Tia Brannel is my bff", "taken by tia brannel", "Tia Brannel fan", "i miss tia brannel"],
)
def test_a_shown_name_that_is_a_sentence_about_a_friend_is_about_them(name: str) -> None:
    [match] = match_people(people(PUPILS), [actor(name, "y8 OVS", handle="x77")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "about")


@pytest.mark.parametrize("surname", ["de Souza", "Garcia Marquez", "van der Berg", "Mendes Pinto"])
@pytest.mark.parametrize("bio", ["Tia {} Ousterly y8 netball", "y8 OVS Tia {}", "Tia {} y8 OVS", "im Tia {} y8 OVS"])
def test_a_surname_of_several_words_in_a_bio_is_read_whole(bio: str, surname: str) -> None:
    pupils = people(PUPILS.replace("Brannel", surname))

    [match] = match_people(pupils, [actor(None, bio.format(surname), handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")
    for said in (f"Tia {surname} is my bff | y8 OVS", f"y8 OVS | my bestie | Tia {surname}"):
        assert not match_people(pupils, [actor(None, said, handle="maplerush88")], SCHOOL)


@pytest.mark.parametrize("said", ["loves my dog", "adores our cat", "plays my guitar", "supports our team"])
@pytest.mark.parametrize("handle", ["tiabrannel", "tia.brannel8"])
def test_what_a_bio_says_of_its_owner_by_name_makes_nobody_else_of_them(said: str, handle: str) -> None:
    [match] = match_people(people(PUPILS), [actor("Tia Brannel", f"Tia Brannel {said} y8 OVS", handle=handle)], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")
