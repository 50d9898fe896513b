"""A stranger's photograph beside an approved one, by its share of the page, and pages that show nobody besides."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.random import Generator
from threadpoolctl import threadpool_limits

from engines.pictures.album import scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.picture import Pixels, shrink_to_side
from tests.bench.pictures.dev import Half, cases, half_of, masters
from tests.bench.pictures.made import chance_of, decoded, shown
from tests.bench.pictures.measure import register_of
from tests.bench.pictures.posting import saved, shaped, smiled
from tests.bench.pictures.templates import LINES, bunting, crest, words

SHARES = (0.005, 0.01, 0.02, 0.04, 0.08)  # of the page
SHAPES = {"square": 1.0, "wide": 16 / 9, "upright": 3 / 4, "round": 1.0}
GROUNDS = {"white": (250, 250, 250), "dark": (18, 22, 28), "navy": (20, 50, 120), "blurred": None}
HARMLESS = ("nothing", "crest", "words", "bunting", "smiling face", "dots")
_WIDE, _HIGH, _SIDE = 1280, 720, 1600  # pixels of a page, and of a photograph's longest side
_MOST = (800, 640)  # pixels of the approved photograph on it


def main(half: Half, seed: int, each: int) -> None:
    """Print how many of `each` strangers' photographs of a size were passed, and how many harmless pages were not."""
    approved = [name for name in masters() if half_of(name) == half and not name.startswith("poster")]
    strangers = [case for case in cases() if case.transform == "neg_distinct" and case.half == half]
    tried: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    with threadpool_limits(1), Opener() as opener:
        register = register_of({name: masters()[name].read_bytes for name in approved}, opener)
        for what, posted in _pages(approved, [decoded(case.read()) for case in strangers], seed, each):
            parts = scan_picture(saved(posted, 75), register, opener).parts
            tried[what] += 1
            passed[what] += all(part.verdict == "approved" for part in parts)
    for what in tried:
        print(f"  {what:16} approved {passed[what]:3} of {tried[what]}")


def _pages(approved: Sequence[str], strangers: Sequence[Pixels], seed: int, each: int) -> Iterator[tuple[str, Pixels]]:
    """Yield what stands beside an approved photograph, and the page."""
    for what in (*(f"{100 * share:g} %" for share in SHARES), *HARMLESS):
        for number in range(each):
            chance = chance_of("beside", seed, what, number)
            name = approved[int(chance.integers(len(approved)))]
            ground, shape = list(GROUNDS)[number % len(GROUNDS)], list(SHAPES)[number // len(GROUNDS) % len(SHAPES)]
            page, left = _page(shrink_to_side(shown(masters()[name]), _SIDE), ground, chance)
            if what in HARMLESS:
                _decorate(page[:, left:], what, chance)
            else:
                stranger = strangers[int(chance.integers(len(strangers)))]
                _put(page, left, stranger, float(what.split()[0]) / 100, shape, chance)
            yield what, page


def _page(approved: Pixels, ground: str, chance: Generator) -> tuple[Pixels, int]:
    """Return a page with the approved photograph at its left, and where the photograph ends."""
    page = np.full((_HIGH, _WIDE, 3), GROUNDS[ground] or 0, np.uint8)
    if GROUNDS[ground] is None:
        page[:] = cv2.GaussianBlur(cv2.resize(approved, (_WIDE, _HIGH)), (0, 0), chance.uniform(18, 40))
    growth = min(_MOST[0] / approved.shape[1], _MOST[1] / approved.shape[0])
    made = cv2.resize(approved, None, fx=growth, fy=growth, interpolation=cv2.INTER_AREA)
    left, top = int(chance.integers(40)), (_HIGH - made.shape[0]) // 2
    page[top : top + made.shape[0], left : left + made.shape[1]] = made
    return page, left + made.shape[1]


def _put(page: Pixels, left: int, stranger: Pixels, share: float, shape: str, chance: Generator) -> None:
    """Put a stranger's photograph of this share and shape anywhere at the right of the approved one."""
    high = round((share * _WIDE * _HIGH / SHAPES[shape]) ** 0.5)
    wide = min(round(high * SHAPES[shape]), _WIDE - left)
    high = min(round(share * _WIDE * _HIGH / wide), _HIGH)
    made = cv2.resize(shaped(stranger, wide / high), (wide, high), interpolation=cv2.INTER_AREA)
    x, y = int(chance.integers(left, _WIDE - wide + 1)), int(chance.integers(_HIGH - high + 1))
    mask = np.full((high, wide), shape != "round", np.uint8)
    cv2.ellipse(mask, (wide // 2, high // 2), (wide // 2, high // 2), 0, 0, 360, 1, -1)
    page[y : y + high, x : x + wide][mask > 0] = made[mask > 0]


def _decorate(room: Pixels, what: str, chance: Generator) -> None:
    """Draw what shows nobody upon the ground beside the approved photograph."""
    made, wide = np.ascontiguousarray(room), room.shape[1]
    x, y, radius = wide // 2, int(chance.integers(150, 550)), min(wide // 2 - 4, int(chance.integers(40, 130)))
    ink = (int(chance.integers(256)), int(chance.integers(256)), int(chance.integers(256)))
    if what == "crest":
        crest(made, x, y, radius)
    elif what == "words":
        words(made, (12, 120), LINES, float(chance.uniform(0.6, 1.5)), ink)
    elif what == "bunting":
        bunting(made, int(chance.integers(20, 60)))
    elif what == "smiling face":
        smiled(made, x, y, radius)
    elif what == "dots":
        for down in range(20, _HIGH, 40):
            for across in range(20, wide, 40):
                cv2.circle(made, (across, down), 9, ink, -1, cv2.LINE_AA)
    room[:] = made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what is said of photographs beside an approved one.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=48, help="pages of each kind")
    given = parser.parse_args()
    main(given.half, given.seed, given.each)
