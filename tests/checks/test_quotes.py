"""A quote shows the words that a check goes by on one line, in what stands about them, and no longer than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.texts import LONGEST_QUOTE, joined, quoted

LONG = "word " * 200


def about(text: str, words: str) -> str:
    start = text.index(words)
    return quoted(text, (start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Well,\n\n  well ", "Well, well"),
        ("a" * LONGEST_QUOTE, "a" * LONGEST_QUOTE),
        ("Ring\x0007700\u202e 900123\u200b", "Ring 07700 900123"),
        ("\U0001f469\u200d\U0001f52c at school", "\U0001f469\u200d\U0001f52c at school"),
        ("", ""),
    ],
    ids=["white space", "just short enough", "control, direction and unseen characters", "a joined emoji", "nothing"],
)
def test_a_short_text_is_shown_whole_on_one_line(text: str, shown: str) -> None:
    assert quoted(text, (0, len(text))) == shown


@pytest.mark.parametrize("before", [0, 5, 48, 49, 100, 400, 1000])
@pytest.mark.parametrize("after", [200, 1000])
def test_of_a_long_text_the_part_about_the_words_is_shown(before: int, after: int) -> None:
    shown = about("b" * before + " HERE " + "c" * after, "HERE")

    assert len(shown) <= LONGEST_QUOTE
    assert "HERE" in shown
    assert shown.startswith("…") == (before > 48)
    assert shown.endswith("…")


def test_a_long_text_is_cut_between_words() -> None:
    shown = about(f"{LONG}HERE {LONG}", "HERE")

    assert set(shown.strip("…").split()) == {"word", "HERE"}
    assert shown.startswith("…word")
    assert shown.endswith("word…")
    assert LONGEST_QUOTE - 10 < len(shown) <= LONGEST_QUOTE


def test_of_words_at_the_end_the_end_is_shown() -> None:
    shown = about(f"{LONG}HERE", "HERE")

    assert shown.startswith("…")
    assert shown.endswith(" HERE")


def test_long_words_are_shown_from_their_beginning_as_far_as_there_is_room() -> None:
    shown = about(f"{LONG}HERE {LONG}THERE {LONG}", f"HERE {LONG}THERE")

    assert shown.startswith("…HERE word")
    assert shown.endswith("word…")


def test_a_caller_may_ask_for_a_longer_one() -> None:
    assert LONGEST_QUOTE < len(quoted(LONG, (0, 4), longest=200)) <= 200


@given(st.text(max_size=500), st.integers(0, 500), st.integers(0, 500))
def test_a_quote_is_never_too_long_and_never_holds_what_nobody_sees(text: str, start: int, length: int) -> None:
    shown = quoted(text, (start, start + length))

    assert len(shown) <= LONGEST_QUOTE
    assert shown == shown.strip()
    assert not set(shown) & set("\n\r\t\x00\x1b\u202a\u202e\u2066\u2069\u200b\ufeff")


@given(st.text("ab \n", max_size=500), st.text("xyz", min_size=1, max_size=60), st.text("ab \n", max_size=500))
def test_words_that_fit_are_quoted_whole(before: str, words: str, after: str) -> None:
    assert words in quoted(f"{before}{words}{after}", (len(before), len(before) + len(words)))


def test_parts_are_joined_to_one_quote_and_no_parts_are_none() -> None:
    assert joined(["Year 9 at Ousterly Vale", "Mum of two"]) == "Year 9 at Ousterly Vale … Mum of two"
    assert len(joined([LONG, LONG]) or "") <= LONGEST_QUOTE
    assert joined([]) is None
    assert joined(["\u200b"]) is None
