"""A stranger's photograph laid over an approved one, cut out or in a frame: how often it is passed, by its size."""

import argparse
from collections import Counter
from collections.abc import Callable

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
from tests.bench.pictures.posting import saved, shaped

SHARES = (0.12, 0.2, 0.3, 0.4)  # of the longest side
_SIDE = 1280  # pixels of a photograph's longest side


def main(half: Half, each: int, seed: int) -> None:
    """Print how many of `each` photographs of a size and shape, half of them in grey, were passed."""
    approved = [name for name in masters() if half_of(name) == half and not name.startswith(("poster", "redacted"))]
    strangers = [case for case in cases() if case.transform == "neg_distinct" and case.half == half]
    passed: Counter[str] = Counter()
    with threadpool_limits(1), Opener() as opener:
        register = register_of({name: masters()[name].read_bytes for name in approved}, opener)
        for shape, ground in SHAPES.items():
            for share in SHARES:
                for number in range(each):
                    chance = chance_of("laid over", seed, shape, share, number)
                    below = shrink_to_side(shown(masters()[str(chance.choice(approved))]), _SIDE)
                    above = decoded(strangers[int(chance.integers(len(strangers)))].read())
                    made = laid_over(below, in_grey(above) if number % 2 else above, ground, share, chance)
                    parts = scan_picture(saved(made, int(chance.integers(60, 86))), register, opener).parts
                    passed[shape] += all(part.verdict == "approved" for part in parts)
                    passed[f"{share:.0%}"] += all(part.verdict == "approved" for part in parts)
    for what, many in passed.items():
        print(f"  {what:10} passed {many} of {each * len(SHARES if what in SHAPES else SHAPES)}")


def laid_over(below: Pixels, above: Pixels, ground: Callable, share: float, chance: Generator) -> Pixels:
    """Return a photograph with another, so large a share of its longest side, laid anywhere over it."""
    side = min(round(share * max(below.shape)), *below.shape[:2])
    put = cv2.resize(shaped(above, 1.0), (side, side), interpolation=cv2.INTER_AREA)
    weight = ground(side, chance)[..., None] / 255
    y, x = (int(chance.integers(room - side + 1)) for room in below.shape[:2])
    made = below.copy()
    made[y : y + side, x : x + side] = np.rint(weight * put + (1 - weight) * made[y : y + side, x : x + side])
    return made


def in_grey(pixels: Pixels) -> Pixels:
    """Return pixels without their colours."""
    return np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


def cut_out(side: int, chance: Generator) -> Pixels:
    """Return the ground of something cut out, with an outline as uneven as a telephone makes it."""
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    reach = 1 + sum(chance.uniform(-0.15, 0.15) * np.sin(n * turns + chance.uniform(0, 6)) for n in range(2, 6))
    outline = side / 2 * (1 + np.stack([np.cos(turns), np.sin(turns)], 1) * (reach / reach.max())[:, None])
    return _filled(side, outline)


def framed(side: int, _: Generator) -> Pixels:
    """Return the ground of a box with round corners."""
    room = side // 12
    square = np.zeros((side, side), np.uint8)
    square[room:-room, room:-room] = 255
    return np.asarray(cv2.dilate(square, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * room + 1,) * 2)), np.uint8)


def in_circle(side: int, _: Generator) -> Pixels:
    """Return the ground of a circle."""
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    return _filled(side, side / 2 * (1 + np.stack([np.cos(turns), np.sin(turns)], 1)))


def _filled(side: int, outline: np.ndarray) -> Pixels:
    ground = np.zeros((side, side), np.uint8)
    cv2.fillPoly(ground, [outline.astype(np.int32)], 255, cv2.LINE_AA)
    return ground


SHAPES = {"cut out": cut_out, "framed": framed, "in a circle": in_circle}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what is said of photographs laid over an approved one.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--each", type=int, default=8, help="posts of each size and shape")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    main(given.half, given.each, given.seed)
