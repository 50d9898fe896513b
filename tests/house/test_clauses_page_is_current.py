"""docs/clauses.md says how the clauses of the packs that ship are answered for."""

from pathlib import Path

from policies.model import known_packs, load_pack
from tests.house.pages.clauses_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "clauses.md"


def test_the_page_of_clauses_is_current() -> None:
    expected = page(map(load_pack, known_packs()))

    assert PAGE.read_text(encoding="utf-8") == expected, "Run: python -m tests.house.pages.clauses_page docs/clauses.md"
