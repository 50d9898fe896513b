"""docs/answers.md says what each answer at the desk needs to have been shown, and what it keeps."""

from pathlib import Path

from tests.house.pages.answers_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "answers.md"


def test_the_page_of_answers_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run: python -m tests.house.pages.answers_page docs/answers.md"
