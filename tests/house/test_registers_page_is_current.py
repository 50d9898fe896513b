"""docs/registers.md says which headings the registers are read by."""

from pathlib import Path

from tests.house.pages.registers_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "registers.md"


def test_the_page_of_registers_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "Run: python -m tests.house.pages.registers_page docs/registers.md"
    )
