"""No text, however hostile, makes a reading fail or point outside the text, and what a sign says quotes nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.text.normalised import normalise
from engines.words.abuse.abusive import abusive
from engines.words.age import age_stated
from engines.words.confidences import confidences
from engines.words.contact.details import contact_details
from engines.words.model import Sign
from engines.words.official_posts import partisan_or_personal, staff_detail
from engines.words.security import security

Reading = Callable[[str], list[Sign]]
READINGS: dict[str, Reading] = {
    "contact": contact_details,
    "partisan": partisan_or_personal,
    "abusive": lambda text: abusive(text, names=["Toby Larkmead", "Mr Abara"]),
    "age": lambda text: age_stated(text, as_of=date(2026, 11, 23)),
    "staff": staff_detail,
    "confidences": lambda text: confidences(text, pupils=["Toby"]),
    "security": security,
}
BITS = st.sampled_from(
    ["Mr Abara", " ", "'", '"', "is a", "kill", "#AbCd", "@", ".", "\n", "07700 900123", "vote Labour", "f*ck",
     "\u200b", "\ufdfa", "\u0130", "e\u0301", "12", "Year 6", "\U0001f389", "my husband", "in hospital", "Jesus",
     "OV1 2AB", "k\u0456ll", "\u041f\u0440\u0438\u0432\u0435\u0442", "\u3164", "\u0407"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(BITS, max_size=20).map("".join))
HOSTILE = [bit * 2_000 for bit in (
    "aaaaa", "'a ", "0-", "f*", "Mr A ", "im 12 ", "labour tax ", "jesus you need ", "\ufdfa", "@a.", "#aB",
    "i will should ", "you are a ", "u getting ", "seven ", "o", "my snap is ", "wanna meet ", "Toby is a ",
    "hope ", "u fat ", "Toby has ", "the gate code is ", "password a ", "Year 4 off to ",
)]  # fmt: skip


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
@given(text=TEXTS)
def test_every_finding_points_into_the_text(reading: Reading, text: str) -> None:
    found = reading(text)

    assert all(0 <= one.span[0] < one.span[1] <= len(text) for one in found)
    assert found == sorted(set(found), key=lambda one: (one.span, one.kind, one.what))


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_read_to_its_end(reading: Reading, text: str) -> None:
    assert all(one.span[1] <= len(text) for one in reading(text))


@given(text=TEXTS)
def test_the_plain_form_knows_where_each_letter_stood(text: str) -> None:
    read = normalise(text)

    assert len(read.text) == len(read.origins)
    assert list(read.origins) == sorted(read.origins)
