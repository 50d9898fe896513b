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


class Visible(HTMLParser):
    """Reads a page as somebody does who folds nothing open: its texts in order, commands and typed text left out.

    `texts` holds each text with the id of the last heading before it.
    """

    SILENT = frozenset({"style", "title", "head", "code"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._chapter = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in Balance.VOID:
            is_folded = tag == "details" and "open" not in dict(attrs)
            self._open.append("folded" if is_folded else tag)
        if tag == "h2":
            self._chapter = dict(attrs).get("id") or self._chapter

    def handle_endtag(self, tag: str) -> None:
        if tag not in Balance.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        is_shown = self._open.count("folded") <= (1 if "summary" in self._open else 0)
        if data.strip() and is_shown and not self.SILENT & {*self._open}:
            self.texts.append((self._chapter, data))


def visible(html: str, *, until: str | None = None) -> str:
    """Return what stands on the page unfolded, up to the chapter with this id."""
    reader = Visible()
    reader.feed(html)
    chapters = [chapter for chapter, _ in reader.texts]
    end = chapters.index(until) if until else len(chapters)
    return " ".join(text for _, text in reader.texts[:end])


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
