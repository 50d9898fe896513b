"""Keeps the parts of docs/identity.md that are made by code: each stands between two marks that name it."""

from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "identity.md"


def put(name: str, body: str, page: Path = PAGE) -> None:
    """Write a made part into the page."""
    page.write_text(replaced(page.read_text(encoding="utf-8"), name, body), encoding="utf-8")


def replaced(text: str, name: str, body: str) -> str:
    """Return the page with this part between its marks."""
    begin, end = marks(name)
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"The page has no place marked {name}.")
    return f"{before}{begin}\n\n{body.strip()}\n\n{end}{after}"


def part(text: str, name: str) -> str:
    """Return what stands between a part's marks."""
    begin, end = marks(name)
    return text.partition(begin)[2].partition(end)[0].strip()


def marks(name: str) -> tuple[str, str]:
    """Return the comments between which a part stands."""
    return f"<!-- made: {name} -->", f"<!-- end: {name} -->"
