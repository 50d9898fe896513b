"""Writes a sheet of the pictures that were hardest to judge, and of all that were judged wrongly, to a folder named."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from engines.pictures.decoding.sandbox import Opener
from engines.pictures.picture import Pixels, resize_in_steps
from tests.bench.pictures.dev import Half, cases, masters
from tests.bench.pictures.made import Trial, trials
from tests.bench.pictures.measure import PictureOutcome, answers, register_of

HARDEST = 20
TILE, CAPTION, ACROSS = 300, 46, 3
_INK, _RED = (20, 20, 20), (220, 30, 30)


def main(folder: Path, half: Half, each: int) -> None:
    """Judge one half's posts again, and draw the wrong and the hardest right verdicts."""
    inside = Path(__file__).parents[3]
    if folder.resolve().is_relative_to(inside):
        raise SystemExit("The sheet shows photographs: name a folder outside the repository.")
    folder.mkdir(parents=True, exist_ok=True)
    with threadpool_limits(1), Opener() as opener:
        judged = list(_judged(half, each, opener))
    wrong = [pair for pair in judged if pair[0].misjudged]
    right = sorted((pair for pair in judged if not pair[0].misjudged), key=lambda pair: _ease(pair[0]))
    for name, chosen in (("wrong", wrong), ("hardest", right[:HARDEST])):
        print(f"{name}: {len(chosen)} of {len(judged)}")
        if chosen:
            cv2.imwrite(str(folder / f"{name}.png"), cv2.cvtColor(_sheet(chosen), cv2.COLOR_RGB2BGR))


def _judged(half: Half, each: int, opener: Opener) -> Iterator[tuple[PictureOutcome, Trial]]:
    posted = [case for case in cases() if case.half == half]
    bodies = {name: path.read_bytes for name, path in masters().items()}
    for trial in (Trial("as they came", bodies, posted), *(trials(half, each) if each else ())):
        register = register_of(trial.masters, opener)
        for answer in answers(trial.cases, register, opener):
            yield answer, trial


def _ease(answer: PictureOutcome) -> float:
    """Return how clearly a master was found; pictures without one come last."""
    return min((part.agreement for part in answer.parts if part.master_id is not None), default=2.0)


def _sheet(chosen: Iterable[tuple[PictureOutcome, Trial]]) -> Pixels:
    tiles = [_tile(answer, trial) for answer, trial in chosen]
    while len(tiles) % ACROSS:
        tiles.append(np.full_like(tiles[0], 255))
    return np.vstack([np.hstack(tiles[at : at + ACROSS]) for at in range(0, len(tiles), ACROSS)])


def _tile(answer: PictureOutcome, trial: Trial) -> Pixels:
    """Draw a post, what was called new in it, and the master beside it."""
    page = np.full((TILE + CAPTION, 2 * TILE + 10, 3), 255, np.uint8)
    posted = _pixels(answer.body)
    for part in answer.parts:
        for x, y, width, height in part.new_area:
            cv2.rectangle(posted, (x, y), (x + width, y + height), _RED, max(posted.shape[1] // 200, 2))
    _put(page, posted, 0)
    linked = [part.master_id for part in answer.parts if part.master_id in trial.masters]
    beside = next(iter([*linked, answer.case.scene_of, *answer.case.masters]), None)
    if beside is not None:
        _put(page, _pixels(trial.masters[beside]()), TILE)
    said = "; ".join(f"{part.verdict} {part.agreement:.2f}, {part.inliers} points" for part in answer.parts)
    for line, words in enumerate((answer.case.name[:64], said[:64])):
        cv2.putText(page, words, (4, TILE + 18 + 20 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.42, _INK, 1, cv2.LINE_AA)
    return page


def _pixels(body: bytes) -> Pixels:
    shown = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_BGR2RGB), np.uint8)  # type: ignore[arg-type]


def _put(page: Pixels, pixels: Pixels, left: int) -> None:
    scale = (TILE - 6) / max(pixels.shape[:2])
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    page[3 : 3 + size[1], left + 3 : left + 3 + size[0]] = resize_in_steps(pixels, size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draws what was hardest to judge.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--made", type=int, default=0, help="also posts made by program, so many of each way")
    given = parser.parse_args()
    main(given.folder, given.half, given.made)
