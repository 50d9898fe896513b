"""Letters of the Latin, Greek and Cyrillic alphabets by their sound, and what makes two keys equal."""

import pytest

from engines.text import account_key, fold, heading_key, latin_letters, made_id_key, to_latin


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("\u041c\u0438\u0445\u0430\u0438\u043b", "mikhail"),
        ("\u0397\u03bb\u03ad\u03ba\u03c4\u03c1\u03b1", "elektra"),
        ("\u0401\u043b\u043a\u0430", "elka"),
        ("M\u0456a", "mia"),  # a Cyrillic letter that is drawn like i
        ("\u0141ukasz", "lukasz"),
        ("\u00deorvald", "thorvald"),
        ("I\u014bar", "inar"),
        ("\u040b\u0438\u0440\u0438\u045b", "ciric"),
        ("\u0414\u04d9\u0443\u043b\u0435\u0442", "daulet"),
        ("\u0199ofa", "kofa"),
        ("\u0402ina Smith", "djinasmith"),
    ],
)
def test_a_name_in_another_alphabet_is_written_by_its_sound(written: str, latin: str) -> None:
    assert latin_letters(written) == latin


def test_a_script_that_is_not_transliterated_leaves_a_gap() -> None:
    assert to_latin("a\u4e2db") == "a b"


def test_folding_keeps_another_alphabet_as_it_is() -> None:
    assert fold("\u041c\u0438\u0445\u0430\u0438\u043b") == "\u043c\u0438\u0445\u0430\u0438\u043b"


def test_keys_ignore_what_people_write_in_two_ways() -> None:
    assert heading_key("Reg. Group") == heading_key("reg group")
    assert made_id_key("J. O'Neil; b") == "joneil;b"
    assert account_key(" @Keeper ") == account_key("keeper")
