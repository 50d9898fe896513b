"""One tier's page for tests, and a reader that notices what is left open in it."""

from html.parser import HTMLParser
from pathlib import Path

import duckdb

from dashboards.report import Tier, write_report
from tests.dashboards.copies import RUN

TIERS: tuple[Tier, ...] = ("governors", "headteacher", "lead", "dsl", "dpo")


def page(db: duckdb.DuckDBPyConnection, folder: Path, tier: Tier = "lead") -> str:
    """Write the tier's page into the folder and return it."""
    (path,) = write_report(db, folder, run_id=RUN, tier=tier, formats=["html"])
    return path.read_text(encoding="utf-8")


class Balance(HTMLParser):
    """Counts what is open; a page whose every element is closed ends with nothing."""

    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
