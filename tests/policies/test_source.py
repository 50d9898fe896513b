"""A clause is tied to its sentence by a hash: how sentences are found, folded and hashed."""

from policies.coverage import fold, sentences, sha256_of


def test_lines_and_sentence_ends_part_sentences() -> None:
    text = "First one. Second one? Third\nFourth, i.e. still the fourth. 'Fifth' too."

    assert sentences(text) == ["First one.", "Second one?", "Third", "Fourth, i.e. still the fourth.", "'Fifth' too."]


def test_bullets_and_numbers_are_dropped() -> None:
    text = "- Dashed;\n• Dotted; and\n* Starred\n12. Numbered\niv. Roman\n(ii) Bracketed\n-Not a bullet"

    assert sentences(text) == ["Dashed;", "Dotted; and", "Starred", "Numbered", "Roman", "Bracketed", "-Not a bullet"]


def test_white_space_of_any_sort_is_folded_before_hashing() -> None:
    assert fold(" one\u00a0\ttwo\n three ") == "one two three"
    assert sha256_of("one two three") == sha256_of("  one\u00a0two\n\nthree ")
    assert sha256_of("one two three") != sha256_of("one two  Three")


def test_nothing_has_no_sentences() -> None:
    assert sentences("") == []
    assert sentences(" \n\n\t\n") == []


def test_a_line_end_parts_even_in_the_middle_of_a_sentence() -> None:
    assert sentences("It is wrong as well as\nbringing harm.") == ["It is wrong as well as", "bringing harm."]


def test_a_letter_before_a_heading_stands_by_itself() -> None:
    assert sentences("A. Use of networks by staff") == ["A.", "Use of networks by staff"]
