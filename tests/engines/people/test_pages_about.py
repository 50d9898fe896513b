"""A page that others made about somebody is about them, and never theirs."""

import pytest

from engines.people.matching import match_people
from engines.people.model import PersonMatch
from tests.engines.people.faces import SCHOOL, actor, people

TIA = """
    role  | person_id | given_names | surname | year_group | class_name
    pupil | p1        | Tia         | Brannel | 8          | 8D
    pupil | p2        | Tom         | Daily   | 8          | 8D
"""

ANN = """
    role  | person_id | title | given_names | surname | job_title
    staff | s1        | Mrs   | Ann         | Yardley | Teacher of Maths
"""


def _matched(handle: str | None, name: str | None, bio: str) -> list[PersonMatch]:
    return match_people(people(TIA), [actor(name, bio, handle=handle)], SCHOOL)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("tiabrannelmemes", None),
        ("tiabrannel.quotes", "Tia Brannel"),
        ("ripTiaBrannel", None),
        ("justicefortiabrannel", "Justice for Tia Brannel"),
        ("tia_brannel_hatepage", None),
        ("tiabrannelexposed", "TIA BRANNEL EXPOSED"),
        ("tiabrannelisoverparty", None),
        ("page4829", "Tia Brannel appreciation"),
        ("tia.brannel.confessions", None),
        ("tiabrannel_fanpage", "Tia Brannel"),
        ("spottedtiabrannel", None),
        (None, "Tia Brannel out of context"),
        ("page4829", "Tia Brannel hate account"),
        ("tiabrannelfunnymoments", "Tia Brannel"),
        ("tiabrannel_fancam", "Tia Brannel"),
        ("ugly_tia_brannel", None),
        ("doestiabrannelsmell", "Tia Brannel"),
        ("tia.brannel.sleeping", None),
        ("tia_brannel_leaks", "Tia Brannel"),
        *((f"tiabrannel{word}", "Tia Brannel") for word in ("bants", "stats", "watch", "army", "nation")),
        (None, "Tia Brannel Fans"), (None, "what Tia Brannel is thinking"), (None, "things Tia Brannel says in maths"),
        (None, "Tia Brannel is ugly, dm submissions"), (None, "Tia Brannel (parody)"),
        ("nottherealtiabrannel", "Tia Brannel"), (None, "bald Tia Brannel"), (None, "did Tia Brannel eat today"),
        (None, "pics of Tia Brannel's shoes"), (None, "Tia Brannel\u2019s teeth"), (None, "Tia Brannel's ex"),
        (None, "Tia Brannel snitched"), (None, "who is Tia Brannel"), (None, "Find Tia Brannel"),
        (None, "Happy Birthday Tia Brannel!"), (None, "Tia Brannel is bald"), (None, "the Tia Brannel cult"),
        (None, "leave Tia Brannel alone"), (None, "Tia Brannel in 4k"), (None, "Tia Brannel opps"),
    ],
)  # fmt: skip
def test_a_page_about_a_pupil_is_a_class_of_its_own(handle: str | None, name: str | None) -> None:
    [match] = _matched(handle, name, "y8 OVS")

    assert (match.person_id, match.band, match.is_best) == ("p1", "about", True)
    assert match.probability < 0.5
    assert any(reason.startswith("The account is a page about somebody of this name") for reason in match.against)


@pytest.mark.parametrize("bio", ["OVS parody of y8 tia", "y8 ovs | dm submissions, Tia is fat"])
def test_a_page_that_says_in_its_bio_that_it_is_not_hers_is_about_her(bio: str) -> None:
    [match] = _matched(None, "Tia Brannel", bio)

    assert (match.person_id, match.band) == ("p1", "about")


def test_a_gossip_page_is_about_whom_it_names_in_full_and_not_about_her_namesakes_by_half() -> None:
    others = people(
        TIA
        + """    pupil | p3        | Tia         | Oakes   | 8          | 8M
"""
    )
    found = match_people(others, [actor("OVS Gossip", "Tia Brannel y8 seen with who??", handle="ovs.gossip")], SCHOOL)

    assert [(one.person_id, one.band) for one in found if one.is_best] == [("p1", "about")]


@pytest.mark.parametrize("bio", ["Fan account. OVS y8", "swiftie, fan account | OVS y8", "roleplay account, OVS y8"])
def test_an_owner_who_is_somebodys_fan_is_not_the_page_that_they_are_a_fan_of(bio: str) -> None:
    [match] = _matched("tia.brannel", "Tia Brannel", bio)

    assert match.band == "possible"


@pytest.mark.parametrize(
    "name",
    [
        "Tia Brannel's art",
        "Tia Brannel's channel",
        "Tia Brannel\u2019s spam",
        "Tia's slime",
        "Tia Brannel sings",
        "Tia Brannel's Toy World",
        "Tia Brannel's crochet",
        "Tia Brannel's Revision",
        "Tia Brannel",
    ],
)
def test_what_is_somebodys_own_is_no_page_about_them(name: str) -> None:
    assert "about" not in {match.band for match in _matched("tia.brannel", name, "y8 OVS")}


@pytest.mark.parametrize("name", ["Will Daily", "Will Daily Art", "Do Daily"])
def test_a_given_name_that_is_a_word_of_a_question_is_a_name(name: str) -> None:
    named = people(f"""
        role  | person_id | given_names        | surname | year_group
        pupil | p1        | {name.split(maxsplit=1)[0]}  | Daily   | 8
    """)

    assert "about" not in {match.band for match in match_people(named, [actor(name, "y8 OVS")], SCHOOL)}


def test_an_owner_who_says_who_they_are_is_no_page_about_them() -> None:
    [match] = _matched("tia.brannel", "Tia Brannel's teeth", "hi im tia, y8 OVS")

    assert match.band == "likely"


@pytest.mark.parametrize("name", ["Mr Daily is a legend", "Mr Daily is a beast"])
def test_a_page_about_a_teacher_is_one(name: str) -> None:
    staff = people("""
        role  | person_id | title | given_names | surname | job_title
        staff | s1        | Mr    | Tom         | Daily   | Teacher of Maths
    """)
    [match] = match_people(staff, [actor(name, "made by OVS kids, maths")], SCHOOL)

    assert match.band == "about"


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("tia alone", "y8 OVS"), ("home alone tia", "y8 OVS"), ("Tia getting fit", "y8 OVS"), ("weirdo tia", "y8 OVS"),
        ("tia whispers asmr", "y8 OVS"), ("what tia reads", "books, y8 OVS"), ("How Tia Cooks", "my recipes, y8 OVS"),
        ("the Tia Brannel", "y8 OVS"), ("Team Tia Brannel", "y8 OVS"), ("Tia Brannel's hair studio", "y8 OVS"),
        ("Tia Brannel", "my edits of tia, y8 OVS"), ("Tia Brannel", "parody of life | y8 OVS"),
    ],
)  # fmt: skip
def test_what_a_pupil_says_of_herself_by_her_given_name_is_no_page_about_her(name: str, bio: str) -> None:
    assert "about" not in {match.band for match in _matched("tia.brannel", name, bio)}


@pytest.mark.parametrize("name", ["Tia Brannel's big nose", "Tia Brannel's biggest hater", "Mr Daily's bald head"])
def test_what_is_mocked_is_found_behind_an_adjective_and_a_title(name: str) -> None:
    assert "likely" not in {match.band for match in _matched(None, name, "y8 OVS")}


def test_a_surname_that_is_a_word_of_pages_hides_no_page() -> None:
    others = people(
        TIA
        + """    pupil | p3        | Sam         | Find    | 8          | 8M
"""
    )

    assert "about" in {match.band for match in match_people(others, [actor("Find Tia Brannel", "y8 OVS")], SCHOOL)}


def test_a_page_that_shows_a_given_name_alone_is_about_nobody_for_sure() -> None:
    assert {match.band for match in _matched("tiamemes", None, "")} <= {"possible"}


@pytest.mark.parametrize(
    ("handle", "name", "bio"),
    [
        ("tia.brannel", "Tia Brannel", "y8 OVS | RIP my dog | i love memes"),
        ("tomdaily", "Tom Daily", "y8 OVS"),
        ("tia.brannel", "Tia Brannel", "y8 OVS | cat lover, save the bees, film clips"),
        ("tia.edits", "Tia Brannel", "y8 OVS | edits"),
    ],
)
def test_what_a_pupil_says_of_other_things_makes_no_page_of_their_account(handle: str, name: str, bio: str) -> None:
    assert [match.band for match in _matched(handle, name, bio)] == ["likely"]


@pytest.mark.parametrize("name", ["Miss Tia Brannel", "Miss Brannel Farrow", "Mrs Tia Brannel"])
def test_a_title_before_a_name_makes_no_page(name: str) -> None:
    staff = people("""
        role  | person_id | given_names | surname        | title | job_title
        staff | s1        | Tia         | Brannel Farrow |       | Art Teacher
    """)
    [match] = match_people(staff, [actor(name, "Art teacher, OVS")], SCHOOL)

    assert (match.band == "about", match.against) == (False, ())


def test_pages_are_told_wherever_possible_owners_are() -> None:
    one = actor("Tia Brannel memes", "y8 OVS")

    assert match_people(people(TIA), [one], SCHOOL, bands=["declared", "likely"]) == []
    assert [match.band for match in match_people(people(TIA), [one], SCHOOL, bands=["possible"])] == ["about"]


def test_a_given_name_that_begins_as_such_a_word_does_makes_no_page() -> None:
    pupils = people("""
        role  | person_id | given_names | surname | year_group
        pupil | p1        | Isabel      | Marsh   | 8
        pupil | p2        | Abel        | Stone   | 8
    """)

    [best] = [one for one in match_people(pupils, [actor(None, "y8 OVS", handle="isabelmarsh")], SCHOOL) if one.is_best]
    assert (best.person_id, best.band) == ("p1", "likely")


@pytest.mark.parametrize(
    ("handle", "name", "bio"),
    [
        ("tia.tea", "Tia Brannel exposed \u2615", None), ("page4829", "tia brannels teeth", None),
        ("ratetia", "rate tia brannel", "dm us"), ("tiabrannel_is_fit", "Tia Brannel is fit", None),
        ("page4829", "Tia Brannel's hair", "i am the hair of Tia Brannel"), ("page4829", "Tia Brannel's jokes", None),
        ("page4829", "Tia Brannel yn warthus", "tudalen am Tia"),
        ("page4829", "OVS gossip", "all about tia brannel lol"),
        ("page4829", "lol", "pics of Tia Brannel's shoes"), ("page4829", None, "this page is all about Tia Brannel"),
        ("page4829", "y8 tea", "memes about tia brannel"), ("justice4tia", "Justice for Tia Brannel", None),
        ("page4829", "OVS tea", "who is Tia Brannel dating? dm us"), ("dayssince", "days since Tia Brannel lied", None),
        ("page4829", "Tia Brannel sleeping in class", None), ("page4829", "tia brannel nudes", None),
    ],
)  # fmt: skip
def test_a_page_that_gives_a_whole_name_alone_is_told(handle: str, name: str | None, bio: str | None) -> None:
    shown = ("Tia", "Brannel", *(None for _ in range(38)))  # one in twenty bears a name of hers
    strangers = [actor(shown[n % 40], handle=f"stranger{n}", actor_id=f"s{n}") for n in range(800)]
    found = match_people(people(TIA), [actor(name, bio, handle=handle), *strangers], SCHOOL)

    assert [(match.person_id, match.band) for match in found if match.actor_id == "11"] == [("p1", "about")]


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Tia memes", None), ("Tia Brannel exposed", "Beacon Hill High tea"),
        ("gossip", "all about Tia"), ("Tia Brannel's hair studio", "Swindon"),
    ],
)  # fmt: skip
def test_a_page_of_a_given_name_or_of_another_school_is_about_nobody_of_ours(name: str, bio: str | None) -> None:
    strangers = [actor(None, handle=f"stranger{number}", actor_id=f"s{number}") for number in range(600)]
    found = match_people(people(TIA), [actor(name, bio, handle="page4829"), *strangers], SCHOOL)

    assert {match.band for match in found} <= {"possible"}


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Mrs Yardley memes", "Ousterly Vale y10 run this"), ("Mrs Yardley quotes", "OVS"),
        ("Mrs Yardley's tie", "tie of the day OVS"), ("Fire Mrs Yardley", "OVS students against Mrs Yardley"),
        ("Save Mrs Yardley", "petition against Mrs Yardley leaving OVS"),
    ],
)  # fmt: skip
def test_a_page_about_a_teacher_needs_no_given_name(name: str, bio: str) -> None:
    staff = """
        role  | person_id | given_names | surname | title | job_title
        staff | s1        | Ann         | Yardley | Mrs   | Maths Teacher
    """
    [match] = match_people(people(staff), [actor(name, bio, handle="page4829")], SCHOOL)

    assert (match.person_id, match.band) == ("s1", "about")


def test_a_fan_who_says_who_runs_the_page_is_not_whom_it_is_about() -> None:
    [match] = _matched("sabrinafan10", "Sabrina Carpenter updates", "run by Tia Brannel, y8 OVS")

    assert (match.person_id, match.band) == ("p1", "possible")


@pytest.mark.parametrize(
    ("handle", "name", "bio"),
    [
        ("tia_13", "Tia B", "2nd account of Tia Brannel y8 OVS"),
        ("page4829", None, "Official page of Tia Brannel, Y8 OVS"),
        ("page4829", None, "backup account of tia brannel"), ("page4829", None, "posts from Tia Brannel, y8 OVS"),
        ("allabout.tiab", "Tia Brannel", "all about tia brannel | y8 OVS"), ("fire", "Fire Tia Brannel", "y8 ovs"),
        ("tia_12", "tia", "who is tia brannel, y8 OVS"), ("page4829", "Tia Brannels hair", None),
    ],
)  # fmt: skip
def test_a_page_of_ones_own_is_no_page_about_somebody(handle: str, name: str | None, bio: str | None) -> None:
    bands = {match.band for match in _matched(handle, name, bio or "")}

    assert ("about" in bands) is (name == "Tia Brannels hair")


def test_a_surname_that_ends_as_whose_something_is_is_a_surname() -> None:
    roll = """
        role  | person_id | given_names | surname
        pupil | p1        | Grace       | Wood
    """
    found = match_people(people(roll), [actor("Grace Woods hair", handle="page4829")], SCHOOL)

    assert {match.band for match in found} <= {"possible"}


def test_where_a_teacher_is_found_is_no_page_about_her() -> None:
    staff = """
        role  | person_id | given_names | surname | title | job_title
        staff | s1        | Ann         | Yardley | Mrs   | Maths Teacher
    """
    found = match_people(people(staff), [actor("Find Mrs Yardley", "Room 12, maths teacher OVS")], SCHOOL)

    assert "about" not in {match.band for match in found}


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Tia Brannel lol", "she thinks shes hard OVS"), ("Tia Brannel", "she doesn't know about this acc OVS"),
        ("Tia Brannel", "vids of Tia Brannel at OVS"), ("Tia Brannel", "funny clips of my mate Tia OVS"),
        ("Tia Brannel", "posting tias worst pics OVS y8"), ("Tia Brannel", "Tia fancies Tom Daily, OVS"),
        ("Tia Brannel edits", "edits of my mate Tia OVS"), ("Tia Brannel falling over", "she fell OVS"),
        ("Tia x Tom ship", "Tia Brannel and Tom Daily are so cute OVS"), ("Justice 4 Tia Brannel", "sign it"),
        ("Tia Brannel birthday acc", "18 reasons we love Tia, OVS"), ("Tia Brannel's fight", "raising money for Tia"),
    ],
)  # fmt: skip
def test_a_bio_that_speaks_of_whom_the_name_shows_as_a_friend_does_is_of_a_page(name: str, bio: str) -> None:
    assert {match.band for match in _matched("page4829", name, bio) if match.is_best} == {"about"}


@pytest.mark.parametrize(
    "bio",
    [
        "my dog thinks hes a person. y8 OVS", "funny clips of my mates. y8 OVS", "clips of my dog Tiger, y8 OVS",
        "y8 OVS | edits of football", "posting my worst pics, y8 OVS",
    ],
)  # fmt: skip
def test_what_an_owner_says_of_others_makes_no_page_of_the_account(bio: str) -> None:
    [match] = _matched("tia.brannel", "Tia Brannel", bio)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Mrs Yardley", "our maths teacher OVS"), ("mrs yardley", "miss who teaches us maths at OVS"),
        ("Mrs Yardley", "worst teacher ever OVS"), ("Mrs Yardley OUT", "time for the head of OVS to go"),
        ("We love Mrs Yardley", "best teacher in OVS"), ("Mrs Yardley's moustache", "OVS"),
        ("Fake Mrs Yardley", "detention for all OVS"), ("Not Mrs Yardley", "parody account. Maths teacher at OVS"),
    ],
)  # fmt: skip
def test_what_pupils_say_of_a_teacher_makes_a_page_of_the_account(name: str, bio: str) -> None:
    [match] = match_people(people(ANN), [actor(name, bio, handle="page4829")], SCHOOL)

    assert (match.person_id, match.band) == ("s1", "about")


def test_who_loves_a_band_is_no_page() -> None:
    [match] = _matched("tialovesarmy", "Tia Brannel", "BTS OT7, y8 OVS")

    assert (match.person_id, match.band) == ("p1", "likely")


def test_a_teacher_who_speaks_of_other_teachers_is_herself() -> None:
    told = actor("Mrs Yardley", "Teacher of maths at OVS. Our maths teachers are ace", handle="mrsyardley")

    assert [match.band for match in match_people(people(ANN), [told], SCHOOL)] == ["likely"]


@pytest.mark.parametrize(
    ("surname", "handle"),
    [("Balogun", "tia_balogun_official"), ("Arun", "tiaarunofficial"), ("Hartno", "tiahartnotreal2")],
)
def test_the_end_of_a_name_begins_no_word_of_a_page(surname: str, handle: str) -> None:
    [tia] = people(f"""
        role  | person_id | given_names | surname   | year_group
        pupil | p1        | Tia         | {surname} | 8
        """)

    [match] = match_people([tia], [actor("Tia", "y8 OVS", handle=handle)], SCHOOL)

    assert match.band == "likely"


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Tia Brannel bot", "talks like Tia, OVS"), ("Vote Tia Brannel", "by tias mates OVS"),
        ("Tia Brannel has nits", "ew OVS y8"),
        ("Tia Brannel is a snitch", "OVS"), ("what shoes is Tia Brannel wearing", "OVS"),
        ("Tia Brannel defenders", "OVS"),
        ("Tia Brannel news", "breaking. OVS"), ("Tia Brannel's big feet", "OVS"),
        ("Tia Brannel's biggest fan", "obsessed w Tia from OVS"),
    ],
)  # fmt: skip
def test_a_page_in_the_words_of_a_joke_is_about_whom_it_names(name: str, bio: str) -> None:
    [match] = match_people(people(TIA), [actor(name, bio)], SCHOOL)

    assert match.band == "about"


@pytest.mark.parametrize(
    ("handle", "bio"),
    [
        ("tiabrannelmemes46", "i post memes. 12 OVS"), ("tiabranneldaily", "what i eat in a day OVS"),
        ("tiabrannelthoughts", "my art + my thoughts, OVS"), ("tiabrannelquotes", "quotes i like. OVS"),
    ],
)  # fmt: skip
def test_a_page_whose_bio_speaks_as_its_owner_is_hers(handle: str, bio: str) -> None:
    [match] = match_people(people(TIA), [actor("Tia Brannel", bio, handle=handle)], SCHOOL)

    assert match.band == "likely"


@pytest.mark.parametrize("bio", ["i post memes of tia. 12 OVS", "memes of her, i made these y8 OVS"])
def test_a_page_that_speaks_of_her_is_not_hers(bio: str) -> None:
    [match] = match_people(people(TIA), [actor("Tia Brannel", bio, handle="tiabrannelmemes")], SCHOOL)

    assert match.band == "about"


@pytest.mark.parametrize("bio", ["daily pics of the singer Tia Brannel", "fanpage for the actor Tia Brannel"])
def test_the_fans_of_somebody_famous_are_no_page_about_a_pupil_of_the_name(bio: str) -> None:
    found = match_people(people(TIA), [actor("daily Tia Brannel", bio, handle="dailytiabrannel")], SCHOOL)

    assert {match.band for match in found} <= {"possible"}
