"""What holds whatever the names are: decoration, order and strangers do not change who fits best."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.people.matching import match_people, ranked_accounts
from engines.people.model import ActorProfile, PersonMatch, RegisterPerson
from tests.engines.people.faces import SCHOOL, actor

GIVEN = ("Tia", "Ola", "Bram", "Ida", "Kasimir", "Wren", "Marit")
SURNAMES = ("Brannel", "Stanhopp", "Okonjo-Wray", "Farr", "Hollin", "Verrick")
PEOPLE = st.lists(
    st.builds(
        lambda n, given_names, surname, year: RegisterPerson(
            role="pupil", person_id=f"p{n}", given_names=given_names, surname=surname, year_group=year
        ),
        st.integers(1, 99),
        st.sampled_from(GIVEN),
        st.sampled_from(SURNAMES),
        st.sampled_from([None, "5", "8"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda one: one.person_id,
)
HANDLES = st.one_of(
    st.none(),
    st.builds(
        lambda *parts: "".join(parts).lower(),
        st.sampled_from(["", "its", "xX_", "the.real."]),
        st.sampled_from(GIVEN),
        st.sampled_from(["", "_", "."]),
        st.sampled_from(["", *SURNAMES, "b", "s"]),
        st.sampled_from(["", "07", "2014", "_x", "mum"]),
    ),
)
ACTORS = st.lists(
    st.builds(
        lambda n, handle, name, bio: ActorProfile(
            platform="x", actor_id=str(n), handle=handle, display_name=name, bio=bio, location=None
        ),
        st.integers(1, 99),
        HANDLES,
        st.one_of(
            st.none(),
            st.sampled_from(GIVEN),
            st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(SURNAMES)),
        ),
        st.sampled_from([None, "OVS", "y8", "Mum of two", "Year 5, Marlcombe Academy"]),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.actor_id,
)


def _best(found: list[PersonMatch]) -> list[str]:
    return [one.person_id for one in found if one.is_best]


@pytest.mark.parametrize(
    "handle",
    ["tiabrannel", "TiaBrannel", "TIA_BRANNEL", "xX_tia_brannel_Xx", "its.tia.brannel", "tia.brannel07", "t14_br4nn3l",
     "tiiiiabrannel", "brannel.tia", "the_real_tia_brannel", "tiabrannelofficial", "_tia__brannel_"],
)  # fmt: skip
def test_decoration_case_and_digits_for_letters_do_not_change_who_fits_best(handle: str) -> None:
    people = [
        RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel"),
        RegisterPerson(role="pupil", person_id="p2", given_names="Tia", surname="Stanhopp"),
    ]

    assert _best(match_people(people, [actor(None, "OVS", handle=handle)], SCHOOL)) == ["p1"]


@pytest.mark.parametrize(
    "name",
    [
        "T\u00eda Br\u00e4n\u00f1el",
        "TIA BRANNEL",
        "\U0001d4e3\U0001d4f2\U0001d4ea \U0001d4d1\U0001d4fb\U0001d4ea\U0001d4f7\U0001d4f7\U0001d4ee\U0001d4f5",
        "\u1d1b\u026a\u1d00 \u0299\u0280\u1d00\u0274\u0274\u1d07\u029f",
        "\u0422i\u0430 \u0412r\u0430nn\u0435l",
        "Tia \U0001f98b Brannel",
        "\U0001f143\U0001f138\U0001f130 Brannel",
        "T\u200bia Brannel",
    ],
)
def test_accents_and_look_alikes_do_not_change_who_fits_best(name: str) -> None:
    people = [
        RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel"),
        RegisterPerson(role="pupil", person_id="p2", given_names="Ola", surname="Brannel"),
    ]

    assert _best(match_people(people, [actor(name, "OVS")], SCHOOL)) == ["p1"]


@pytest.mark.parametrize(
    ("on_roll", "surname", "shown"),
    [
        ("Zofia", "Kowalska", "zosia.kowalska"),
        ("Jakub", "Nowak", "kubanowak"),
        ("Mohammed", "Hussain", "mo_hussein"),
        ("Caoimhe", "O'Dwyerin", "caoimhe.dwyerin"),
        ("Elizabeth", "Farr", "lizziefarr"),
        ("Rhys", "ap Hollin", "reece_aphollin"),
        ("Aisha", "Begum", "ayeshabegum"),
        ("Siân", "Verrick", "sianverrick"),
        ("Łukasz", "Brannel", "lukaszbrannel"),
        ("Chidiebere", "Okonjo-Wray", "chidi_wray"),
    ],
)
def test_nicknames_and_spellings_of_many_languages_are_found(on_roll: str, surname: str, shown: str) -> None:
    people = [
        RegisterPerson(role="pupil", person_id="p1", given_names=on_roll, surname=surname),
        RegisterPerson(role="pupil", person_id="p2", given_names="Ola", surname=surname),
    ]

    assert _best(match_people(people, [actor(None, "OVS", handle=shown)], SCHOOL)) == ["p1"]


@given(PEOPLE, ACTORS)
def test_the_order_of_people_and_accounts_never_matters(
    people: list[RegisterPerson], actors: list[ActorProfile]
) -> None:
    straight = match_people(people, actors, SCHOOL)
    turned = match_people(people[::-1], actors[::-1], SCHOOL)

    assert sorted(straight, key=_key) == sorted(turned, key=_key)


@given(PEOPLE, ACTORS)
def test_a_stranger_on_the_roll_never_makes_anybody_likelier(
    people: list[RegisterPerson], actors: list[ActorProfile]
) -> None:
    stranger = RegisterPerson(role="pupil", person_id="stranger", given_names="Quillon", surname="Zephyrine")
    before = _chances(people, actors)
    after = _chances([*people, stranger], actors)

    assert all(after.get(key, 0.0) <= chance + 1e-9 for key, chance in before.items())
    assert not any(person == "stranger" for _, person in after)


@given(PEOPLE, ACTORS)
def test_the_probabilities_of_one_account_leave_room_for_nobody(
    people: list[RegisterPerson], actors: list[ActorProfile]
) -> None:
    for _, everybody in ranked_accounts(people, actors, SCHOOL):
        by_seat: Counter[int | None] = Counter()
        for one in everybody:
            by_seat[one.candidate.seat] += one.probability

        assert by_seat.pop(None, 0.0) + max(by_seat.values(), default=0.0) < 1 + 1e-9


@given(PEOPLE, ACTORS)
def test_a_declared_account_beats_everything(people: list[RegisterPerson], actors: list[ActorProfile]) -> None:
    owner = RegisterPerson(role="parent", person_id="owner", surname="Farr", x_account=actors[0].actor_id)

    found = [one for one in match_people([*people, owner], actors, SCHOOL) if one.actor_id == actors[0].actor_id]

    assert [(one.person_id, one.band) for one in found] == [("owner", "declared")]


@given(PEOPLE)
def test_an_empty_profile_is_nobodys(people: list[RegisterPerson]) -> None:
    assert match_people(people, [ActorProfile(platform="x", actor_id="11"), actor("", "", handle="")], SCHOOL) == []


@pytest.mark.parametrize("kind", ["handle", "year", "school"])
def test_evidence_that_is_switched_off_cannot_reach_the_score(kind: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8")
    allowed = {"handle", "display_name", "bio", "year", "school"} - {kind}
    full = actor("Tia Brannel", "OVS y8", handle="tiabrannel")
    without = {
        "handle": actor("Tia Brannel", "OVS y8"),
        "year": actor("Tia Brannel", "OVS and more", handle="tiabrannel"),
        "school": actor("Tia Brannel", "y8 and more", handle="tiabrannel"),
    }[kind]

    [one] = match_people([person], [full], SCHOOL, evidence=allowed)
    [other] = match_people([person], [without], SCHOOL, evidence=allowed)

    assert one.score == other.score


@pytest.mark.parametrize(
    "text",
    [
        "tia" * 3_400,
        "a" * 10_000,
        "1" * 10_000,
        "t1a_" * 2_500,
        "\u202e" * 10_000 + "tia",
        "t\u200d" * 5_000,
        "(" * 10_000,
        "Mum of " * 1_500,
        "Tia & " * 2_000,
        "\u0301" * 10_000,
        " | " * 3_000,
    ],
)
def test_hostile_texts_cost_little_and_break_nothing(text: str) -> None:
    people = [RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", class_name="8D")]
    begun = time.process_time()

    match_people(
        people,
        [ActorProfile(platform="x", actor_id="1", handle=text, display_name=text, bio=text, location=text)],
        SCHOOL,
    )

    assert time.process_time() - begun < 0.5


def test_every_block_of_unicode_is_read_without_harm() -> None:
    people = [RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel")]
    blocks = [
        "".join(map(chr, range(start, start + 64)))
        for start in range(0x20, 0x30000, 64)
        if not 0xD7C0 <= start < 0xE000
    ]
    shown = [
        ActorProfile(platform="x", actor_id=str(n), handle=f"tia{text}", display_name=f"Tia Brannel {text}", bio=text)
        for n, text in enumerate(blocks)
    ]

    met = {one.actor_id for one, _ in ranked_accounts(people, shown, SCHOOL)}

    assert met == {one.actor_id for one in shown}


def _key(one: PersonMatch) -> tuple[str, str, str]:
    return one.actor_id, one.role, one.person_id


def _chances(people: list[RegisterPerson], actors: list[ActorProfile]) -> dict[tuple[str, str], float]:
    return {
        (shown.actor_id, one.person_forms.person.person_id): one.probability
        for shown, everybody in ranked_accounts(people, actors, SCHOOL)
        for one in everybody
    }


@pytest.mark.parametrize(
    "text", ["Y9 " + ("A" + "'" * 300) * 3 + " b", ("A" * 300 + "'") * 3 + " Y9", "Y9 " + "Aa " * 900]
)
def test_a_year_beside_long_names_is_read_in_no_time(text: str) -> None:
    tia = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel")
    begun = time.process_time()
    match_people([tia], [actor("Tia Brannel", text)], SCHOOL)

    assert time.process_time() - begun < 0.5
