"""Makes paragraphs again of lines that were cut at a width, and drops what heads or ends every page."""

import re
from collections import Counter
from itertools import pairwise

_LABEL = re.compile(r"^(?:[-\u2013\u2022*#]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)])(?:\s|$)", re.IGNORECASE)


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without the lines that most of them begin or end with; all page numbers count as one line."""
    keys = Counter(key for page in pages for key in {_key(line) for line in page[:2] + page[-2:]})
    running = {key for key, count in keys.items() if count >= 3 and count * 2 >= len(pages)}
    kept = []
    for page in pages:
        edges = {0, 1, len(page) - 2, len(page) - 1}
        kept.append([line for place, line in enumerate(page) if place not in edges or _key(line) not in running])
    return kept


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def is_hard_wrapped(lines: list[str]) -> bool:
    """Say whether sentences were cut at a line's width: no long line, and several that go on in small letters."""
    if max(map(len, lines), default=0) > 100:
        return False
    pairs = pairwise(lines)
    return sum(before.strip() != "" and _begins_small(line) for before, line in pairs) >= 5


def unwrapped(lines: list[str]) -> list[str]:
    """Return the lines with those that only go on with the one before joined to it."""
    widest = max((len(line.strip()) for line in lines), default=0)
    joined: list[str] = []
    last = ""
    for line in map(str.strip, lines):
        if last and line and _goes_on(last, line, widest):
            is_cut = last.endswith("-") and last[-2:-1].isalnum()
            joined[-1] += line if is_cut else f" {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _begins_small(line: str) -> bool:
    return line.strip()[:1].islower() and not _LABEL.match(line.strip())


def _goes_on(before: str, line: str, widest: int) -> bool:
    if _LABEL.match(line):
        return False
    if _begins_small(line) or _LABEL.fullmatch(before):
        return True
    return not before.endswith((".", "?", "!", ":", ";")) and len(before) >= 0.7 * widest
