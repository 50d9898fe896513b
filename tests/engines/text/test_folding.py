"""One plain form for every way in which people write the same name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.text.folding import fold


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Tomasz Wi\N{LATIN SMALL LETTER S WITH ACUTE}niorek", "tomasz wisniorek"),
        ("Zeynep G\N{LATIN SMALL LETTER U WITH DIAERESIS}l\N{LATIN SMALL LETTER S WITH CEDILLA}en", "zeynep gulsen"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Dwyerin", "odwyerin"),
        ("O'Dwyerin", "odwyerin"),
        ("Okonjo-Wray", "okonjo wray"),
        ("  ASHA   verma ", "asha verma"),
        ("Asha Verma \N{FIELD HOCKEY STICK AND BALL}\N{VARIATION SELECTOR-16}", "asha verma"),
        ("\N{LATIN CAPITAL LETTER L WITH STROKE}ukasz", "lukasz"),
        ("Stra\N{LATIN SMALL LETTER SHARP S}er", "strasser"),
        ("\N{MATHEMATICAL BOLD CAPITAL A}sha", "asha"),
        ("A\N{ZERO WIDTH SPACE}sha", "asha"),
        ("J.K. Verma", "jk verma"),
        ("mr_b_geog", "mr b geog"),
        ("\N{CYRILLIC CAPITAL LETTER IO}lka", "\N{CYRILLIC SMALL LETTER IE}lka"),
        ("", ""),
    ],
)
def test_folds_to_the_plain_form(written: str, plain: str) -> None:
    assert fold(written) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_agrees_with_the_long_way(text: str) -> None:
    accent = "\N{COMBINING ACUTE ACCENT}"

    assert fold(text) == fold(text + accent)
