"""What is read of a profile: misspelt given names, nicknames, classes and leavers, a school in a handle, ages."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson, SchoolNames
from tests.engines.people.faces import SCHOOL, actor
from tests.engines.people.score.test_misread_evidence import TIA, bits_of

ROSALIND = RegisterPerson(
    role="pupil", person_id="p3", given_names="Rosalind", surname="Brannel", other_names="Verrick", year_group="R"
)


@pytest.mark.parametrize(
    "handle", ["rosalnid.brannel", "rosaind_brannel", "brannel.rosallind", "rozalind.brannel", "rsoalind.brannel",
               "rsalind_brannel", "brannel.rusalind"],
)  # fmt: skip
def test_a_misspelt_given_name_beside_the_surname_is_found_and_weighs_less_than_the_right_one(handle: str) -> None:
    bits = bits_of(handle, ROSALIND)

    assert 0 < bits["given.misspelt"] < bits_of("rosalind.brannel", ROSALIND)["given.own"]
    assert "surname.own" in bits


@pytest.mark.parametrize("handle", ["rosamund.brannel", "roland.brannel", "rosalnid.farrow", "ross.brannel"])
def test_another_given_name_is_not_a_misspelt_one(handle: str) -> None:
    assert "given.misspelt" not in bits_of(handle, ROSALIND)


@pytest.mark.parametrize("name", ["Rosalind Brannel (nee Verrick)", "Rosalind Verrick Brannel"])
def test_another_name_of_the_persons_own_is_nobody_elses(name: str) -> None:
    other = RegisterPerson(role="pupil", person_id="p4", given_names="Tia", surname="Verrick")
    bits = bits_of("rosalind.brannel", ROSALIND, other, name=name)

    assert bits["given.own"] > 0
    assert not {"display.other_given", "display.other_surname", "display.unexplained"} & bits.keys()


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("pixelwolf564", "display.silent_letters"), ("\U0001f338 gloomy", "display.silent_letters"),
        ("PixelWolf", "display.silent_letters"), ("Zbygniuw", "display.unexplained"),
        ("Zbygniuw Kolarovic", "display.unexplained"), ("zbygniuw kolarovic", "display.unexplained"),
    ],
)  # fmt: skip
def test_a_nickname_speaks_less_against_than_somebody_elses_name(name: str, evidence: str) -> None:
    bits = bits_of("rosalind.brannel", ROSALIND, name=name)

    assert {"display.silent_letters", "display.unexplained"} & bits.keys() == {evidence}
    assert bits[evidence] < 0


@pytest.mark.parametrize(
    ("bio", "is_against"), [("OVS 9S", True), ("OVS 10K", False), ("OVS form 10K", True), ("9", False)]
)
def test_another_class_of_the_roll_speaks_against(bio: str, is_against: bool) -> None:
    others = [RegisterPerson(role="pupil", person_id=name, given_names="Ola", surname="Farrow", class_name=name)
              for name in ("9S", "10K")]  # fmt: skip

    assert ("child.other_class" in bits_of("tia.brannel", TIA, *others, bio=bio)) is is_against


@pytest.mark.parametrize(
    ("handle", "is_named"), [("ovs.tiab", True), ("tiaOVS", True), ("tiabovs9", False), ("tia.povsky", False)]
)
def test_three_letters_of_the_school_in_a_handle_count_as_a_word_of_their_own(handle: str, is_named: bool) -> None:
    assert ("child.school" in bits_of(handle)) is is_named


@pytest.mark.parametrize("bio", ["11 y/o", "11yo", "age: 11", "age:11", "Age - 11", "im 11"])
def test_an_age_is_read_in_every_form(bio: str) -> None:
    assert "child.age" in bits_of("tia.brannel", bio=bio)


@pytest.mark.parametrize(("bio", "has_left"), [("OVS class of 2026", True), ("OVS class of '31", False)])
def test_a_class_of_a_year_to_come_has_not_left(bio: str, has_left: bool) -> None:
    assert ("child.leaver" in bits_of("tia.brannel", bio=bio)) is has_left


@pytest.mark.parametrize("letter", ["a", "e", "i", "n"])
def test_the_last_letter_of_a_given_name_is_no_initial_of_it(letter: str) -> None:
    named = [RegisterPerson(role="pupil", person_id="p1", given_names=name, surname="Brannel")
            for name in ("Francesca", "Caroline", "Giovanni", "Rosaleen")]  # fmt: skip

    assert not any("given.initial" in bits_of(f"{letter}.brannel", one) for one in named)


@pytest.mark.parametrize("handle", ["ana.brannel", "ana_brannel", "eva.brannel", "una.brannel"])
def test_a_short_given_name_is_no_word_before_an_initial(handle: str) -> None:
    others = [RegisterPerson(role="pupil", person_id="p1", given_names="Aled", surname="Brannel")]

    assert "given.initial" not in bits_of(handle, *others)


@pytest.mark.parametrize("name", ["Tia n Ola", "Ola n Tia"])
def test_the_letter_that_joins_two_names_is_no_initial(name: str) -> None:
    noon = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Noonan")
    ola = RegisterPerson(role="pupil", person_id="p2", given_names="Ola", surname="Farrow")
    tia = RegisterPerson(role="pupil", person_id="p3", given_names="Tia", surname="Brannel")

    assert "surname.initial" not in bits_of("maple7", noon, ola, tia, name=name)
    assert "display.other_initial" not in bits_of("maple7", tia, ola, noon, name=name)


@pytest.mark.parametrize("handle", ["tiaaaaa.brannel", "brannel_tiaaaa", "tiabrannelllll", "TiaaaaaBrannel"])
def test_a_letter_that_is_drawn_out_is_no_initial(handle: str) -> None:
    assert not {"handle.other_initial", "surname.initial"} & bits_of(handle).keys()


_ADA = RegisterPerson(
    role="staff", person_id="s1", title="Mrs", surname="Brannel", given_names="Ada", job_title="Art Teacher"
)


@pytest.mark.parametrize(
    ("title", "surname", "handle"),
    [("Mrs", "Brannel", "mrsbteaches"), ("Mr", "Brannel", "mrbteaches"), ("Ms", "Brannel", "msbclass"),
     ("Dr", "Brannel", "drbart"), ("Mr", "Stanhopp", "mrsclass")],
)  # fmt: skip
def test_a_title_before_an_initial_in_a_handle_is_read(title: str, surname: str, handle: str) -> None:
    assert bits_of(handle, replace(_ADA, title=title, surname=surname))["staff.title"] > 0


@pytest.mark.parametrize(("handle", "is_hers"), [("mrs_b_art", True), ("mrsbrannelart", True), ("mrs_b_music", False),
                                                 ("ada.brannel.art", False), ("mrs_b_class", False),
                                                 ("mrs_ada_brannel_heart", False), ("mrsadabrannelchart", False),
                                                 ("mrs_b_smart", False)])  # fmt: skip
def test_the_subject_in_a_titled_handle_is_the_job(handle: str, is_hers: bool) -> None:
    music = RegisterPerson(role="staff", person_id="s2", title="Mrs", surname="Bell", given_names="Jo",
                           job_title="Music Teacher")  # fmt: skip

    assert ("staff.own_job" in bits_of(handle, _ADA, music)) is is_hers
    assert "staff.own_job" not in bits_of("mrs_b_class", replace(_ADA, job_title="Class Teacher"))
    assert "staff.own_job" not in bits_of("mrs_stewart", replace(_ADA, surname="Stewart"))


@pytest.mark.parametrize("handle", ["LilTomBrannel", "lil.tom.brannel", "lil_tom_brannel"])
def test_a_word_before_a_name_is_no_sister_of_theirs(handle: str) -> None:
    lily, tom = (RegisterPerson(role="pupil", person_id=name, given_names=name, surname="Brannel")
                 for name in ("Lily", "Tom"))  # fmt: skip

    assert "shared" not in bits_of(handle, lily, tom, name="Tom Brannel", bio="OVS")


@pytest.mark.parametrize("name", ["Lil and Robin", "lil x Robin", "Robin & Lil"])
def test_a_pet_form_that_is_a_word_too_is_one_of_two_friends_where_the_name_joins_two(name: str) -> None:
    pupils = (RegisterPerson(role="pupil", person_id=given, given_names=given, surname=surname)
              for given, surname in (("Lily", "Moon"), ("Robin", "Winter")))  # fmt: skip
    found = match_people(list(pupils), [actor(name, "OVS y8", handle="maple77")], SCHOOL)

    assert sorted(one.person_id for one in found if one.probability > 0.5) == ["Lily", "Robin"]


def test_a_childs_name_inside_a_parents_own_is_not_shown_by_it() -> None:
    child = RegisterPerson(role="pupil", person_id="p1", given_names="Tina", surname="Brannel")
    parent = RegisterPerson(role="parent", person_id="f1", given_names="Valentina", surname="Brannel", related_ids="p1")

    assert "parent.child_in_handle" not in bits_of("valentina.brannel", parent, child)
    assert bits_of("tinavalentina.brannel", parent, child)["parent.child_in_handle"] > 0


@pytest.mark.parametrize("school", ["Ousterly Vale Girls", "Ousterly Vale Boys School", "Holy Family Ousterly"])
def test_what_our_school_is_called_is_no_word_of_a_family(school: str) -> None:
    ours = SchoolNames(school, (), "Ousterly")
    shown = actor("Tia Brannel", f"y6 | {school}", handle="tia.brannel")

    [found] = match_people([TIA], [shown], ours)

    assert (found.band, found.against) == ("likely", ())


@pytest.mark.parametrize(("bio", "is_family"), [("girls netball", False), ("boys football captain", False),
                                              ("my two boys football", True), ("coach of girls netball", True),
                                                ("my girls", True), ("2 boys", True)])  # fmt: skip
def test_girls_and_boys_who_play_are_nobodys_children(bio: str, is_family: bool) -> None:
    assert ("child.family" in bits_of("tia.brannel", bio=bio)) is is_family


@pytest.mark.parametrize(("bio", "is_adult"), [("student at OVS", False), ("student nurse", True), ("student", True)])
def test_a_student_of_our_school_is_no_adult(bio: str, is_adult: bool) -> None:
    assert ("child.trade" in bits_of("tia.brannel", bio=bio)) is is_adult


@pytest.mark.parametrize(("name", "bio"), [("Tia Brannel", "Y8 Oakmoor"), ("Tia Brannel | Y8 Oakmoor", None)])
def test_a_namesake_with_the_year_at_a_place_that_nobody_knows_is_not_likely(name: str, bio: str | None) -> None:
    tia = replace(TIA, year_group="8")
    found = match_people([tia], [actor(name, bio, handle="tia.brannel")], SCHOOL)

    assert [one.band for one in found] == ["possible"]


@pytest.mark.parametrize(
    ("said", "place"),
    [("12", "Swindon"), ("y6", "Swindon"), ("y6", "from Kettering"), ("12", "Barrow, UK"), ("12", "Toronto"),
     ("12", "Lahore")],
)  # fmt: skip
def test_a_namesake_who_lives_elsewhere_is_not_likely_and_our_own_pupil_who_names_the_school_is(
    said: str, place: str
) -> None:
    assert _band_of_tia(f"{said} | {place}") == "possible"
    assert _band_of_tia(said, place) == "possible"
    assert _band_of_tia(f"{said} | OVS | {place}") == "likely"
    assert _band_of_tia(f"{said} | Ousterly") == "likely"


@pytest.mark.parametrize("bio", ["y6 | Nigeria", "made in pakistan | y6", "y6 | Lahore", "y6 | want to live in japan",
                                 "12 | Bangladesh", "y6 | interested in japan"])  # fmt: skip
def test_where_a_family_is_from_keeps_nobody_from_being_likely(bio: str) -> None:
    assert _band_of_tia(bio) == "likely"


def test_a_country_given_as_the_location_beside_an_age_is_elsewhere() -> None:
    assert _band_of_tia("12", "Ohio") == "possible"
    assert _band_of_tia("y6", "Portugal") == "likely"
    assert _band_of_tia("y6, living in Canada") == "possible"


def _band_of_tia(bio: str, location: str | None = None) -> str:
    tia = replace(TIA, year_group="6", date_of_birth=date(2014, 3, 2))
    shown = actor("Tia Brannel", bio, handle="tia.brannel", location=location)
    return match_people([tia], [shown], SCHOOL, as_of=date(2026, 11, 20))[0].band


@pytest.mark.parametrize(
    ("bio", "band"),
    [
        ("RIP grandad, fly high | OVS y6", "likely"), ("my mum hates me. y6", "likely"), ("12yo dev, OVS", "likely"),
        ("y6 OVS, future nurse", "likely"), ("OVS, nurse", "possible"), ("mum of 2, OVS", "possible"),
        ("my son is in year 6 at OVS", "possible"), ("mum of a Y6 girl, OVS", "possible"),
        ("Marketing manager | year 6 in business", "possible"),
    ],
)  # fmt: skip
def test_what_a_pupil_says_in_passing_is_no_contradiction(bio: str, band: str) -> None:
    tia = replace(TIA, year_group="6", date_of_birth=date(2014, 3, 2))
    [found] = match_people([tia], [actor("Tia Brannel", bio, handle="tia.brannel")], SCHOOL, as_of=date(2026, 11, 20))

    assert found.band == band


@pytest.mark.parametrize("bio", ["OVS class of 2018", "class of 2018 | OVS"])
def test_who_was_of_a_class_that_is_over_has_left(bio: str) -> None:
    bits = bits_of("tia.brannel", bio=bio)

    assert bits["child.former"] < 0
    assert "child.school" not in bits


@pytest.mark.parametrize("bio", ["Mum of 2, Dundee", "Parent at Swindon UTC", "mum of two", "Mum of 3 | gin"])
def test_a_parent_elsewhere_or_nowhere_is_not_likely_a_parent_of_ours(bio: str) -> None:
    child = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8")
    parent = RegisterPerson(role="parent", person_id="f1", given_names="Pat", surname="Brannel", related_ids="p1")

    def bands(said: str) -> set[str]:
        return {one.band for one in match_people([parent, child], [actor("Pat Brannel", said)], SCHOOL)}

    assert bands(bio) <= {"possible"}
    assert "likely" in bands("Mum of 2, OVS")
    assert "likely" in bands("mum to Tia")
    assert "likely" in bands("mum of two, Ousterly")
    assert "likely" not in bands("Ousterly")
    assert "likely" in bands("parent at OVS and Swindon UTC")


@pytest.mark.parametrize(
    ("bio", "band"),
    [
        ("Prison governor", "possible"), ("Governor", "possible"), ("School governor, Ousterly", "likely"),
        ("Governor at OVS", "likely"),
    ],
)  # fmt: skip
def test_a_governor_is_likely_only_with_the_school_or_its_town(bio: str, band: str) -> None:
    governor = RegisterPerson(role="governor", person_id="g1", given_names="Pat", surname="Brannel")

    assert [one.band for one in match_people([governor], [actor("Pat Brannel", bio)], SCHOOL)] == [band]


def test_whose_views_they_are_says_nothing_against_a_teacher() -> None:
    ann = RegisterPerson(role="staff", person_id="s1", given_names="Ann", surname="Yardley")

    assert "staff.trade" not in bits_of("annyardley", ann, bio="Teacher at OVS. Own views")
    assert bits_of("annyardley", ann, bio="Estate agent. Own views")["staff.trade"] < 0


@pytest.mark.parametrize("name", ["Ann Yardley MEd", "Ann Yardley BA (Hons) PGCE", "Ann Yardley, MBE"])
def test_a_degree_is_no_part_of_a_name(name: str) -> None:
    ann = RegisterPerson(role="staff", person_id="s1", given_names="Ann", surname="Yardley")

    assert not {"display.other_initial", "display.unexplained"} & bits_of("annyardley", ann, name=name).keys()


@pytest.mark.parametrize("said", ["Turing captain", "captain of Turing", "Turing rep", "Turing"])
def test_a_house_is_read_however_a_pupil_says_it(said: str) -> None:
    ours = replace(SCHOOL, houses=("Turing",))
    [found] = match_people([TIA], [actor("Tia Brannel", f"cats | {said}", handle="tia.brannel")], ours)

    assert any("house" in reason for reason in found.reasons)


def test_letters_beside_a_name_in_a_handle_say_little_where_the_whole_name_is_shown() -> None:
    bits = bits_of("rosalind.on.toast", ROSALIND, name="Rosalind Brannel")

    assert bits["handle.letters_beside"] > bits_of("rosalind.on.toast", ROSALIND)["handle.unexplained"]
    assert "handle.unexplained" not in bits
    assert "handle.unexplained" in bits_of("rosalind.on.toast", ROSALIND, name="Rosalind Brannel burnt toast")


@pytest.mark.parametrize(
    ("bio", "evidence"),
    [
        ("8 | cats", None), ("cats \u2661 8 \u2661 taken", None), ("12 | cats", "child.age"),
        ("9 | cats", "child.other_age"), ("y8 | 8 cats", "child.year"), ("im 8", "child.other_age"),
        ("12. Ousterly", "child.age"),
    ],
)  # fmt: skip
def test_a_number_alone_that_is_the_year_group_is_no_other_age(bio: str, evidence: str | None) -> None:
    tia = replace(TIA, year_group="8", date_of_birth=date(2014, 3, 2))
    of_age = {"child.year", "child.age", "child.near_age", "child.other_age"}
    told = of_age & bits_of("tia.brannel", tia, bio=bio).keys()

    assert told == {evidence} if evidence else not told


@pytest.mark.parametrize(
    ("title", "evidence"),
    [("Mrs", "staff.title"), ("Miss", None), ("Ms", None), ("Dr", None), ("Mr", "staff.other_title")],
)
def test_what_the_same_teacher_may_be_called_is_no_other_title(title: str, evidence: str | None) -> None:
    ann = RegisterPerson(role="staff", person_id="s1", title="Mrs", given_names="Ann", surname="Yardley")
    bits = bits_of("annyardley", ann, name=f"{title} Ann Yardley", bio="OVS")

    assert {"staff.title", "staff.other_title"} & bits.keys() == ({evidence} if evidence else set())


def test_a_year_beside_the_children_is_theirs() -> None:
    child = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8")
    parent = RegisterPerson(role="parent", person_id="f1", given_names="Pat", surname="Brannel", related_ids="p1")

    assert "parent.years" not in bits_of("patbrannel", parent, child, bio="kids: Tia (Y8 at OVS), dog: Rex")
    assert bits_of("patbrannel", parent, child, bio="Y8 at OVS")["parent.years"] < 0
