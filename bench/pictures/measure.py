"""Runs the engine over cases and counts what it said, transform by transform."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from bench.pictures.dev import Case
from checks.pictures.decode import FINE_SIDE, decoded
from checks.pictures.engine import look
from checks.pictures.features import MASTER_SIDE, master_features
from checks.pictures.hash import Unreadable
from checks.pictures.picture import Part, Picture, Pixels, smaller
from checks.pictures.register import Register


@dataclass(slots=True)
class Tally:
    """Counts of one transform: `parts` are the masters that should have been found."""

    pictures: int = 0
    parts: int = 0
    found: int = 0
    altered: int = 0
    wrong: int = 0
    linked: int = 0
    passed: int = 0
    seconds: float = 0.0
    misjudged: list[str] = field(default_factory=list)


def opened(path: Path) -> Picture:
    """Return a picture that is known to be sound, decoded in this process."""
    body = path.read_bytes()
    made = decoded(body)
    if isinstance(made, Unreadable):
        raise TypeError(f"{path} cannot be read: {made.problem}.")
    return Picture(made.pixels, made.width, made.height, finer=lambda: _finer(body, made.pixels))


def _finer(body: bytes, coarse: Pixels) -> Pixels:
    made = decoded(body, FINE_SIDE)
    return coarse if isinstance(made, Unreadable) else made.pixels


def register_of(paths: dict[str, Path]) -> Register:
    """Return a register of these files; their pixels are kept compressed, as they are while a run goes on."""
    kept, small = [], {}
    for name, path in paths.items():
        picture = opened(path)
        kept.append((name, master_features(picture).to_bytes()))
        shown = cv2.cvtColor(smaller(picture.pixels, MASTER_SIDE), cv2.COLOR_RGB2BGR)
        small[name] = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, 95])[1]

    def see(name: str) -> Pixels:
        return np.asarray(cv2.cvtColor(cv2.imdecode(small[name], cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8)

    return Register.from_features(kept, see)


def measured(some: Iterable[Case], register: Register) -> dict[str, Tally]:
    """Return the counts for these cases; seconds are of this process's own time, decoding included."""
    tallies: dict[str, Tally] = {}
    for case in some:
        tally = tallies.setdefault(case.transform, Tally())
        begun = time.process_time()
        parts = look(opened(case.posted), register)
        tally.seconds += time.process_time() - begun
        count(tally, case, parts)
    return tallies


def count(tally: Tally, case: Case, parts: tuple[Part, ...]) -> None:
    """Add one picture's verdicts to the counts."""
    said = {part.master_id: part for part in parts if part.master_id is not None}
    right = [said.pop(name) for name in dict.fromkeys(case.masters) if name in said]
    tally.pictures += 1
    tally.parts += len(dict.fromkeys(case.masters))
    tally.found += len(right)
    tally.altered += sum(part.verdict == "altered" for part in right)
    wrong = [name for name in said if name != case.scene_of]
    tally.wrong += bool(wrong)
    if case.negative:
        tally.linked += case.scene_of in said
        tally.passed += any(part.verdict == "approved" for part in parts)
    missed = len(right) < len(dict.fromkeys(case.masters)) or any(part.verdict == "altered" for part in right)
    passed = case.negative and any(part.verdict == "approved" for part in parts)
    if wrong or missed or passed:
        tally.misjudged.append(case.posted.name)
