"""A name is found however a keyboard, a family or another language writes it."""

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson
from tests.engines.people.faces import SCHOOL, actor


@pytest.mark.parametrize(
    ("given", "surname", "known_as", "handle"),
    [
        (
            "J\N{LATIN SMALL LETTER O WITH DIAERESIS}rg",
            "M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller",
            None,
            "joergmueller",
        ),
        ("S\N{LATIN SMALL LETTER O WITH STROKE}ren", "Kj\N{LATIN SMALL LETTER AE}r", None, "soeren_kjaer"),
        ("\N{LATIN CAPITAL LETTER A WITH RING ABOVE}se", "Dahlvik", None, "aase.dahlvik"),
        (
            "J\N{LATIN SMALL LETTER U WITH DIAERESIS}rgen",
            "Gro\N{LATIN SMALL LETTER SHARP S}man",
            None,
            "juergengrossman",
        ),
        ("Kenji", "\N{LATIN CAPITAL LETTER O WITH MACRON}noda", None, "kenjiohnoda"),
        ("Kenji", "\N{LATIN CAPITAL LETTER O WITH MACRON}noda", None, "kenji_onoda"),
        ("Muhammad", "Iqbal Chaudhry", None, "mohd.chaudhry"),
        ("Mohammed", "Tarrant", None, "md_tarrant"),
        ("Mohammad", "Tarrant", None, "muhdtarrant"),
        ("Tan", "Wei Ling", "Grace", "gracetan"),
        ("Ana Beatriz", "Ferreira da Costa", None, "biacosta"),
        (
            "Niamh",
            "\N{LATIN CAPITAL LETTER O WITH ACUTE} Murch\N{LATIN SMALL LETTER U WITH ACUTE}",
            None,
            "niamhmurphy",
        ),
        ("Orla", "N\N{LATIN SMALL LETTER I WITH ACUTE} Bhriain", None, "orlaobrien"),
    ],
)
def test_another_spelling_of_a_name_is_found(given: str, surname: str, known_as: str | None, handle: str) -> None:
    people = [
        RegisterPerson(role="pupil", person_id="p1", given_names=given, surname=surname, known_as=known_as),
        RegisterPerson(role="pupil", person_id="p2", given_names="Ola", surname="Farrow"),
    ]

    [match] = match_people(people, [actor(None, "OVS", handle=handle)], SCHOOL)

    assert match.person_id == "p1"
    assert match.probability > 0.5
