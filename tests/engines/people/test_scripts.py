"""Names in a script of their own: the roll writes one so, and the account does too."""

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson
from tests.engines.people.faces import SCHOOL, actor


def _pupil(ident: str, given_names: str, surname: str, **more: str) -> RegisterPerson:
    return RegisterPerson(role="pupil", person_id=ident, given_names=given_names, surname=surname, **more)


ROLL = [
    _pupil("p1", "小明", "李"),
    _pupil("p2", "小红", "李"),
    _pupil("p3", "Xiaohua", "Wang", other_names="王小华"),
    _pupil("p4", "Olga", "Petrova"),
    _pupil("p5", "Ольга", "Иванова"),
    _pupil("p6", "محمد", "علي"),
    _pupil("p7", "민준", "김"),
    _pupil("p8", "דוד", "לוי"),
    _pupil("p9", "अर्जुन", "शर्मा"),
    _pupil("p10", "Tia", "Brannel"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("李小明", "p1"), ("李 小明", "p1"), ("李小明 🌸", "p1"), ("李小红", "p2"), ("王小华", "p3"),
        ("Xiaohua Wang", "p3"),
        ("Оля Петрова", "p4"), ("Ольга Петрова", "p4"), ("Оля Иванова", "p5"), ("Olya Ivanova", "p5"),
        ("محمد علي", "p6"),
        ("김민준", "p7"), ("דוד לוי", "p8"), ("अर्जुन शर्मा", "p9"),
    ],
)  # fmt: skip
def test_a_full_name_in_the_rolls_own_script_is_found(name: str, person: str) -> None:
    found = match_people(ROLL, [actor(name, "y8 OVS")], SCHOOL)

    assert [(one.person_id, one.band) for one in found if one.is_best] == [(person, "likely")]


def test_a_name_in_a_handle_in_the_rolls_own_script_is_found() -> None:
    found = match_people(ROLL, [actor(None, "OVS", handle="李小明")], SCHOOL)

    assert [one.person_id for one in found if one.is_best] == ["p1"]


@pytest.mark.parametrize("name", ["王小明", "李大明", "محمد حسن", "김서연"])
def test_half_a_name_in_another_script_is_never_likely(name: str) -> None:
    assert "likely" not in {one.band for one in match_people(ROLL, [actor(name, "y8 OVS")], SCHOOL)}


@pytest.mark.parametrize("name", ["小", "明", "ツ", "你好", "Tia ツ Brannel"])
def test_a_sign_for_decoration_is_nobodys_name(name: str) -> None:
    assert {one.person_id for one in match_people(ROLL, [actor(name, "y8 OVS")], SCHOOL)} <= {"p10"}


def test_a_register_row_given_twice_is_one_person() -> None:
    twice = [ROLL[-1], ROLL[-1]]

    found = match_people(twice, [actor("Tia Brannel", "y8 OVS")], SCHOOL)

    assert [(one.person_id, one.band) for one in found] == [("p10", "likely")]
