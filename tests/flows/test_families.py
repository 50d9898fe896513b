"""How a family is addressed, and what of an ended approval is its own child's: nobody else's word is told."""

from datetime import date
from pathlib import Path

import pytest

from connectors.records import Person, Photograph
from engines.pictures.verdicts.approvals import Pupils
from flows.home.settings import ConfigurationError
from flows.privacy.letters import addressed, called, child_of, parents_of
from flows.privacy.withdrawn_photographs import cause_for, ensure_ended, pupil_in, same_picture, thing_of
from flows.registers.register_files import RegisterOfPhotographs

TODAY = date(2026, 11, 11)


def parent(**more: str) -> Person:
    return Person(register="parents", **{"person_id": "G1", "surname": "Nightjar", **more})


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (parent(title="Ms", given_names="Ada Mary"), "Ms A. Nightjar"),
        (parent(title="Dr", known_as="Zo\u00eb"), "Dr Z. Nightjar"),
        (parent(title="Mr"), "Mr Nightjar"),
        (parent(given_names="Ada"), "Ada Nightjar"),
        (parent(full_name="Ada Nightjar", surname="", title="Ms"), "Ms Ada Nightjar"),
        (parent(full_name="Ms Ada Nightjar", surname="", title="Ms"), "Ms Ada Nightjar"),
        (parent(full_name="Ada Nightjar", surname=""), "Ada Nightjar"),
        (parent(surname=""), ""),
        (parent(surname="", title="Ms"), ""),
    ],
)
def test_a_parent_is_addressed_by_title_initial_and_surname_or_by_what_there_is(person: Person, says: str) -> None:
    assert addressed(person) == says


def test_only_this_childs_parents_are_addressed_and_each_once() -> None:
    people = [
        parent(title="Ms", given_names="Ada", related_ids="7;8"),
        parent(title="Ms", given_names="Alma", related_ids="7"),
        parent(surname="", related_ids="7"),
        parent(title="Mr", given_names="Bo", related_ids="77;8"),
        Person(register="staff", person_id="S1", surname="Else", given_names="Sam", related_ids="7"),
    ]

    assert parents_of(people, "7") == ("Ms A. Nightjar",)
    assert parents_of(people, "9") == ()


def test_a_child_is_called_as_it_is_known_and_who_came_back_is_a_pupil() -> None:
    left = Person(register="leavers", person_id="7", full_name="Rosalind Quill")
    here = Person(register="pupils", person_id="7", given_names="Rosalind", known_as="Rosie")

    assert called(child_of([left, here], "7")) == "Rosie"
    assert called(child_of([left], "7")) == "Rosalind Quill"
    assert called(Person(register="pupils", person_id="7")) is None
    with pytest.raises(ConfigurationError, match="Roll id 8 is on neither"):
        child_of([left, parent(person_id="8")], "8")


def test_a_child_and_its_parents_are_found_however_the_roll_id_is_spelt() -> None:
    child = Person(register="pupils", person_id="P002", given_names="Marigold")
    people = [child, parent(title="Ms", given_names="Ada", related_ids="P1; p002")]

    assert child_of(people, "p002") is child
    assert parents_of(people, "P002") == ("Ms A. Nightjar",)
    assert pupil_in(photograph(pupil_ids="p002;p003"), "P002") == "P002"


def test_no_letter_goes_to_one_of_two_children_whose_roll_ids_are_alike() -> None:
    alike = [Person(register="pupils", person_id="007"), Person(register="leavers", person_id="7")]

    with pytest.raises(ConfigurationError, match="Roll id 7 is spelt in two ways"):
        child_of(alike, "7")


def photograph(**more: object) -> Photograph:
    row = {"photograph_id": "P-1", "file_name": "a.jpg", "video_id": None, "channels": "x", "pupil_ids": "7;8"}
    return Photograph(**{**row, **more})


NOBODY, SEVEN, EIGHT = Pupils(), frozenset({"7"}), frozenset({"8"})


@pytest.mark.parametrize(
    ("more", "pupils", "cause"),
    [
        ({}, Pupils(refused=SEVEN), "consent"),
        ({}, Pupils(refused=SEVEN | EIGHT), "consent"),
        ({"consent": "withdrawn", "objection": "yes"}, Pupils(refused=SEVEN), "consent"),
        ({"basis": "public_task"}, Pupils(refused=SEVEN), "consent"),
        ({}, Pupils(left=SEVEN), "left"),
        ({"channels": "website"}, Pupils(left=SEVEN), "left"),
        ({}, Pupils(left=SEVEN, refused=EIGHT), "left"),
        ({"basis": "public_task", "consent": "withdrawn"}, Pupils(left=SEVEN), None),
        ({}, Pupils(refused=EIGHT), None),
        ({}, Pupils(left=EIGHT), None),
        ({"consent": "withdrawn"}, NOBODY, None),
        ({"consent": "withdrawn", "pupil_ids": "7"}, NOBODY, None),
        ({"objection": "yes"}, NOBODY, None),
        ({"expires_on": date(2026, 11, 1)}, NOBODY, None),
    ],
)
def test_the_cause_is_told_only_where_it_is_the_childs_own(
    more: dict[str, object], pupils: Pupils, cause: str | None
) -> None:
    one = photograph(**more)

    ensure_ended(one, [one], pupils, TODAY)
    assert cause_for(one, "7", pupils, TODAY) == cause


@pytest.mark.parametrize(
    ("more", "twin", "says"),
    [
        ({}, {}, "P-1 has not ended"),
        ({"expires_on": TODAY}, {}, "P-1 has not ended"),
        ({"channels": "website"}, {}, "P-1 has not ended"),
        ({"channels": ""}, {}, "P-1 has not ended"),
        ({"consent": "withdrawn"}, {"photograph_id": "P-2"}, "as P-2, and that approval stands"),
    ],
)
def test_while_an_approval_stands_there_is_no_letter(
    more: dict[str, object], twin: dict[str, object], says: str
) -> None:
    one = photograph(**more)

    with pytest.raises(ConfigurationError, match=says):
        ensure_ended(one, [one, photograph(**twin)], NOBODY, TODAY)


def test_who_withdraws_for_one_channel_of_several_gets_a_letter() -> None:
    not_on_x = Pupils(refused_on=frozenset({("x", "7")}))
    both, website = photograph(channels="x;website"), photograph(channels="website")

    ensure_ended(both, [both, photograph(photograph_id="P-2", channels="website")], not_on_x, TODAY)
    assert cause_for(both, "7", not_on_x, TODAY) == "consent"
    assert cause_for(both, "8", not_on_x, TODAY) is None
    ended = RegisterOfPhotographs([both], not_on_x, TODAY).ended(both)
    assert ended == "On X: The consent for a pupil in photograph P-1 has been refused or withdrawn."

    assert cause_for(website, "7", not_on_x, TODAY) is None
    assert RegisterOfPhotographs([website], not_on_x, TODAY).ended(website) == ""
    with pytest.raises(ConfigurationError, match="has not ended"):
        ensure_ended(website, [website], not_on_x, TODAY)


def test_an_approval_that_never_had_its_consent_has_not_ended_and_no_letter_is_written() -> None:
    unwritten = photograph(basis="consent", channels="x;website")

    with pytest.raises(ConfigurationError, match="has not ended"):
        ensure_ended(unwritten, [unwritten], NOBODY, TODAY)
    assert "none is written" in RegisterOfPhotographs([unwritten], NOBODY, TODAY).ended(unwritten)


def test_the_same_picture_is_known_by_its_file_its_bytes_and_its_video(tmp_path: Path) -> None:
    for name, written in (("a.jpg", b"one"), ("b.jpg", b"one"), ("c.jpg", b"two"), ("d.jpg", b"three")):
        (tmp_path / name).write_bytes(written)
    one = photograph(video_id="v-1")
    names = {"P-2": "a.jpg", "P-3": "b.jpg", "P-4": "c.jpg", "P-5": "d.jpg", "P-6": "gone.jpg"}
    others = [photograph(photograph_id=ident, file_name=name) for ident, name in names.items()]
    film = photograph(photograph_id="V-1", file_name=None, video_id="v-1")

    same = same_picture(one, [one, *others, film], tmp_path)

    assert [other.photograph_id for other in same] == ["P-1", "P-2", "P-3", "V-1"]
    assert same_picture(others[-1], [one, others[-1], film], tmp_path) == [others[-1]]


def test_a_film_is_a_video_with_an_id_or_without() -> None:
    assert [thing_of(photograph()), thing_of(photograph(video_id="v-1")), thing_of(photograph(file_name="a.MP4"))] == [
        "photograph",
        "video",
        "video",
    ]


@pytest.mark.parametrize(("shown", "asked", "pupil"), [("7", None, "7"), ("7;8", "8", "8"), (" 7 ; ", None, "7")])
def test_the_pupil_is_the_one_asked_for_or_the_only_one(shown: str, asked: str | None, pupil: str) -> None:
    assert pupil_in(photograph(pupil_ids=shown), asked) == pupil
