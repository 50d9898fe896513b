"""Whether a probability means what it says: a table, and the same as a drawing."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from tests.bench.people.measure import Link

DRAWING = Path(__file__).parents[3] / "docs" / "identity-reliability.svg"
EDGES = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0)
Bin = tuple[float, float, int]  # mean probability, share that was right, how many
_SIZE, _EDGE = 320, 40


def bins(links: Sequence[Link]) -> list[Bin]:
    """Return, for ranges of probability, the mean of what was said and the share that was right."""
    said = [(1 / (1 + 2**-link.score), link.is_right) for link in links]
    found = []
    for low, high in itertools.pairwise(EDGES):
        inside = [(chance, right) for chance, right in said if low <= chance < high or (high == 1 and chance == 1)]
        if inside:
            chances, rights = zip(*inside, strict=True)
            found.append((sum(chances) / len(chances), sum(rights) / len(rights), len(inside)))
    return found


def table(links: Sequence[Link]) -> str:
    """Return the reliability as lines of text."""
    rows = [f"  said {said:.2f}   was right {right:.2f}   of {count}" for said, right, count in bins(links)]
    return "\n".join(rows)


def error(links: Sequence[Link]) -> float:
    """Return how far what was said lies from what was right, over all links that may be listed."""
    ranges = bins(links)
    return sum(abs(said - right) * count for said, right, count in ranges) / max(sum(count for *_, count in ranges), 1)


def drawn(links: Sequence[Link], path: Path = DRAWING) -> None:
    """Draw the reliability as an SVG: on the line, a probability means what it says."""
    whole = _SIZE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" role="img" font-size="12">',
        "<title>What was said and what was right</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        f'<path d="M{_EDGE} {_EDGE}V{_EDGE + _SIZE}H{_EDGE + _SIZE}" fill="none" stroke="#333"/>',
        f'<path d="M{_EDGE} {_EDGE + _SIZE}L{_EDGE + _SIZE} {_EDGE}" stroke="#999" stroke-dasharray="4"/>',
        f'<text x="{whole / 2}" y="{whole - 10}" text-anchor="middle">probability that was said</text>',
        f'<text transform="translate(14 {whole / 2}) rotate(-90)" text-anchor="middle">share that was right</text>',
    ]
    for said, right, count in bins(links):
        x, y = _EDGE + _SIZE * said, _EDGE + _SIZE * (1 - right)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + min(count, 100) ** 0.5 / 2:.1f}" fill="#1d70b8"/>')
        parts.append(f'<text x="{x + 9:.1f}" y="{y + 4:.1f}">{count}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
