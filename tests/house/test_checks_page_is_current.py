"""docs/checks.md says what the checks' own papers say."""

from pathlib import Path

from checks.catalogue import catalogue
from tests.house.pages.checks_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def test_the_page_of_checks_is_current() -> None:
    expected = page(catalogue().values())

    assert PAGE.read_text(encoding="utf-8") == expected, "Run: python -m tests.house.pages.checks_page docs/checks.md"


def test_every_check_has_its_paper_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [check_id for check_id in catalogue() if f"## {check_id}\n" not in text] == []
