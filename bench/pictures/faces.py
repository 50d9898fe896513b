"""Small faces hidden in masters, as a school hides them: which are told when they are shown, and what of the rest.

The detector that finds the faces to hide is the one by which the engine finds them again, so a face that it does not
see is in neither count.
"""

import argparse
from collections import Counter
from collections.abc import Iterator

from engines.pictures.comparison.uncovered_faces import LEAST
from threadpoolctl import threadpool_limits

from bench.pictures.dev import Half, half_of, masters
from bench.pictures.made import MASTER_QUALITY, chance_of, shown
from bench.pictures.measure import register_of
from bench.pictures.posting import WAYS, saved
from bench.pictures.showing import covered
from engines.pictures.album import scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.features.face_detection import detect_faces
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, shrink_to_side

LARGEST = 1600  # pixels of a master's longest side
SMALL = 0.15  # of the longest side: faces up to this are tried, larger ones too than are looked at closely
MOST = 2  # faces of one photograph
POSTED = ("reencode", "resize_1200x675", "crop_5_15", "filter_mild")
SHARES = (0.03, 0.05, 0.08)  # of the longest side, by which faces are counted apart


def main(half: Half) -> None:
    """Print how many uncovered faces were passed, and how many posts of the master itself were called altered."""
    counts: Counter[tuple[str, bool]] = Counter()
    with threadpool_limits(1), Opener() as opener:
        for kind, altered in judged(half, opener):
            counts[kind, altered] += 1
    for kind in sorted({kind for kind, _ in counts}):
        print(f"  {kind:40} called altered in {counts[kind, True]:4} of {counts[kind, True] + counts[kind, False]}")


def judged(half: Half, opener: Opener) -> Iterator[tuple[str, bool]]:
    """Yield what was done to a photograph of one half, and whether the post was called altered."""
    for name, path in masters().items():
        if half_of(name) != half or name.startswith("redacted"):
            continue
        pixels = shrink_to_side(shown(path), LARGEST)
        for number, face in enumerate(_small(pixels)):
            for how in ("blurred", "chequered"):
                chance = chance_of("face", name, number, how)
                master = covered(pixels, how, face, chance)
                register = register_of({name: lambda master=master: saved(master, MASTER_QUALITY)}, opener)
                size = sum(face[2] >= share * max(pixels.shape) for share in SHARES)
                for way in POSTED:
                    for of, what in ((pixels, f"uncovered, {how}, size {size}"), (master, f"hidden still, {how}")):
                        body = saved(WAYS[way](of, chance), int(chance.integers(60, 86)))
                        parts = scan_picture(body, register, opener).parts
                        yield what, all(part.verdict != "approved" for part in parts)


def _small(pixels: Pixels) -> list[Box]:
    """Return a few of the small faces, each with the edge of the hair around it."""
    high, wide = pixels.shape[:2]
    faces = [face.box for face in detect_faces(pixels) or ()]
    some = [face for face in faces if face[2] >= LEAST and max(face[2:]) <= SMALL * max(high, wide)]
    made = [
        (x - width // 10, y - height // 10, round(width * 1.2), round(height * 1.2)) for x, y, width, height in some
    ]
    return [
        (x, y, width, height)
        for x, y, width, height in made
        if min(x, y) >= 0 and x + width <= wide and y + height <= high
    ][:MOST]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what is said of small faces that masters hide.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    main(parser.parse_args().half)
