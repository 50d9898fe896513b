"""What is read with fewer mistakes: misspelt surnames, dates of birth, classes, beginnings of names, short names."""

from datetime import date

import pytest

from engines.people.matching import explain_account, match_people
from engines.people.model import ActorProfile, RegisterPerson
from engines.people.score.weights import learned_weights, meanings
from tests.bench.people.evidence_names import every_evidence
from tests.engines.people.faces import SCHOOL, actor

TIA = RegisterPerson(
    role="pupil", person_id="p1", given_names="Tia", surname="Brannel", class_name="6B", year_group="6",
    date_of_birth=date(2015, 3, 21),
)  # fmt: skip
CROWD = [actor("Velvet", handle=f"maple{n}", actor_id=f"c{n}") for n in range(40)]


def bits_of(
    handle: str | None, *people: RegisterPerson, name: str | None = None, bio: str | None = None
) -> dict[str, float]:
    """Return the bits of each piece of evidence about the first of these people, who may own this account."""
    shown = [ActorProfile(platform="x", actor_id="11", handle=handle, display_name=name, bio=bio), *CROWD]
    everybody = people or (TIA,)
    for one in explain_account("11", everybody, shown, SCHOOL, as_of=date(2026, 11, 20)):
        if one.person_id == everybody[0].person_id:
            return {line.evidence: line.bits for line in one.lines}
    return {}


def test_one_of_several_years_says_less_than_a_year_alone() -> None:
    one, of_two = (bits_of("tia.brannel", bio=bio)["child.year"] for bio in ("y6", "y6, y9"))

    assert of_two == pytest.approx(one / 2)


@pytest.mark.parametrize(
    "handle",
    ["tia.brannle", "tia.branel", "tia_brannell", "tia_brnnl", "tialennarb", "tia.brennel", "tia.brannek",
     "tia_bramnel"],
    ids=["swapped", "dropped", "doubled", "no vowels", "backwards", "by ear", "another last letter", "another letter"],
)  # fmt: skip
def test_a_misspelt_surname_is_found_and_weighs_less_than_the_right_one(handle: str) -> None:
    bits = bits_of(handle)

    assert 0 < bits["surname.misspelt"] < bits_of("tia.brannel")["surname.own"]


def test_the_reason_says_that_a_misspelt_name_is_nearly_the_persons() -> None:
    [found] = match_people([TIA], [actor("Tia Brannle", "y6 OVS")], SCHOOL)

    assert found.reasons[0] == "The public name is nearly the full name of one pupil on roll."
    assert found.band == "likely"


@pytest.mark.parametrize("handle", ["tia.farrow", "tia.brown", "tia.braelorn", "tiamellon"])
def test_another_surname_is_not_a_misspelt_one(handle: str) -> None:
    assert "surname.misspelt" not in bits_of(handle)


def test_what_is_somebody_elses_surname_is_not_misspelt() -> None:
    other = RegisterPerson(role="pupil", person_id="p2", given_names="Tia", surname="Branel")

    assert "surname.misspelt" not in bits_of("tia.branel", TIA, other)


@pytest.mark.parametrize("letters", ["br", "bra", "bran", "brann"])
def test_the_first_letters_of_a_surname_weigh_much_less_than_the_whole(letters: str) -> None:
    whole, part = bits_of("tia.brannel"), bits_of(f"tia.{letters}")

    assert 0 < part["surname.prefix"] <= 0.5 * whole["surname.own"]
    assert "child.kind.full" in whole
    assert "child.kind.full" not in part


def test_a_surname_that_the_longest_handle_cuts_off_is_more_than_its_first_letters() -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names="Chidi", surname="Okonjowrayson")

    assert "surname.cut" in bits_of("chidi_okonjowra", person)
    assert "surname.prefix" in bits_of("chidi_okonjowr", person)


@pytest.mark.parametrize(
    ("handle", "evidence"),
    [
        ("tia210315", "birth.date"),
        ("tia21032015", "birth.date"),
        ("tia_2103", "birth.day"),
        ("tia_0321", "birth.day"),
        ("tiabrannel15", "birth.yy"),
        ("tiabrannel2015", "birth.year"),
    ],
)
def test_a_date_of_birth_in_a_handle_speaks_for_its_bearer(handle: str, evidence: str) -> None:
    assert bits_of(handle)[evidence] > 0.5


def test_a_date_says_more_than_a_day_and_a_day_more_than_a_short_year() -> None:
    bits = learned_weights().bits

    assert bits["birth.date"] > bits["birth.day"] > bits["birth.yy"] > 0 > bits["birth.other_yy"]


@pytest.mark.parametrize("handle", ["tia_6b", "tia_6bx", "tia6bxx", "tia_6by"])
def test_a_class_is_read_with_a_letter_behind_it(handle: str) -> None:
    assert bits_of(handle)["child.class"] > 0


@pytest.mark.parametrize("handle", ["tia_y6", "tia_y6x", "tia_yr6xx", "tia.year6b"])
def test_a_year_is_read_with_a_letter_behind_it(handle: str) -> None:
    bits = bits_of(handle)

    assert "child.year" in bits or "child.class" in bits


@pytest.mark.parametrize("handle", ["tia_6bella", "tia_16bx", "lily6x"])
def test_what_is_no_class_and_no_year_is_not_read_as_one(handle: str) -> None:
    assert not {"child.class", "child.year", "child.other_year"} & bits_of(handle).keys()


@pytest.mark.parametrize(
    ("called", "handle"),
    [
        ("Mia", "miasma_lamp"), ("Mia", "lamia.brannel"), ("Seren", "user_brannel"), ("Ser", "user4471"),
        ("Rep", "reptile.house"), ("Ben", "benefits_hub"), ("Leo", "leopardspots"),
    ],
)  # fmt: skip
def test_a_short_given_name_inside_another_word_is_not_shown(called: str, handle: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names=called, surname="Brannel")

    assert not {"given.own", "given.nick", "given.prefix"} & bits_of(handle, person).keys()


@pytest.mark.parametrize("handle", ["mia.brannel", "miabrannel", "brannelmia", "itsmia", "miab", "mia_x"])
def test_a_short_given_name_beside_another_part_or_a_known_word_is_shown(handle: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names="Mia", surname="Brannel")

    assert "given.own" in bits_of(handle, person)


@pytest.mark.parametrize("handle", ["sentedbudd", "repbuddted", "cllrtedbudd", "thetedbudd"])
def test_a_short_given_name_behind_a_known_word_is_the_persons_own_and_no_other(handle: str) -> None:
    bits = bits_of(handle, RegisterPerson(role="staff", person_id="s1", given_names="Ted", surname="Budd"))

    assert "given.own" in bits
    assert not {"handle.other_given", "handle.unexplained"} & bits.keys()


@pytest.mark.parametrize(
    ("called", "surname", "handle"), [("Tom", "Cole", "RepNicole"), ("Vic", "Jasmin", "xx_jasmine")]
)
def test_a_surname_inside_a_given_name_that_nobody_on_the_registers_bears_is_not_shown(
    called: str, surname: str, handle: str
) -> None:
    person = RegisterPerson(role="staff", person_id="s1", given_names=called, surname=surname)

    assert not {"surname.own", "surname.misspelt"} & bits_of(handle, person).keys()


@pytest.mark.parametrize("word", ["rep", "cllr", "mia", "mrs"])
def test_a_short_word_of_office_is_nobodys_other_given_name(word: str) -> None:
    jordan = RegisterPerson(role="staff", person_id="s1", given_names="Jordan", surname="Verrick")
    bearer = RegisterPerson(role="pupil", person_id="p2", given_names=word.title(), surname="Hollin")
    bits = bits_of(f"{word}jordanverrick", jordan, bearer)

    assert ("handle.other_given" in bits) == (word == "mia")


@pytest.mark.parametrize("handle", ["mrsbrannel", "mrs.brannel", "mrs_brannel1"])
def test_the_last_letter_of_a_title_is_no_initial(handle: str) -> None:
    sarah = RegisterPerson(role="staff", person_id="s1", title="Mrs", given_names="Sarah", surname="Brannel")

    assert "given.initial" not in bits_of(handle, sarah)


def test_a_parent_and_a_pupil_of_one_name_are_told_apart_by_their_words() -> None:
    pupil = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="6")
    parent = RegisterPerson(role="parent", person_id="f1", given_names="Tia", surname="Brannel", related_ids="p1")

    assert "parent.child_in_handle" not in bits_of("tiabrannel", parent, pupil)
    for bio, best in (("y6 OVS", "p1"), ("Mum of two, OVS parent", "f1")):
        found = match_people([pupil, parent], [actor("Tia Brannel", bio, handle="tiabrannel"), *CROWD], SCHOOL)
        assert [one.person_id for one in found if one.is_best] == [best]


def test_a_surname_that_is_a_childs_given_name_too_is_not_the_child_in_the_handle() -> None:
    pupil = RegisterPerson(role="pupil", person_id="p1", given_names="Taylor", surname="Farrow")
    parent = RegisterPerson(role="parent", person_id="f1", given_names="Ida", surname="Taylor", related_ids="p1")

    assert "parent.child_in_handle" not in bits_of("idataylor", parent, pupil)


def test_every_kind_of_evidence_has_a_weight_and_that_nobody_showed_it_yet_is_no_reason_for_none() -> None:
    bits = learned_weights().bits

    assert not [name for name in every_evidence() if name not in bits]
    for name in (
        "birth.date",
        "birth.day",
        "birth.yy",
        "surname.misspelt",
        "child.school_called_alike",
        "other.parody",
    ):
        assert abs(bits[name]) > 0.2
    assert {name.partition(".")[2] for name in every_evidence()} | set(every_evidence()) >= meanings().keys() - {
        name for name in meanings() if name.partition(".")[0] in {"child", "parent"}
    }
