"""What a crash says: where and of which kind, with --debug too, and never what the errors themselves say."""

import pytest

from flows.home.exit_codes import ended


def crash() -> int:
    try:
        return int("Rosalind Thistlewood")
    except ValueError as error:
        raise RuntimeError("about Rosalind") from error


@pytest.mark.parametrize("is_debug", [False, True])
def test_no_word_of_an_error_of_ours_is_said_and_its_place_only_where_that_is_asked(capsys, is_debug):
    code = ended(crash, is_debug=is_debug)

    said = capsys.readouterr().err
    assert code == 4
    assert "Something went wrong inside the program (RuntimeError)" in said
    assert "about Rosalind\n" not in said
    assert "RuntimeError: " not in said
    assert ("in crash" in said, "ValueError\n" in said) == (is_debug, is_debug)
