"""Thousands of posts made by program of one half's photographs, each trial with the register it is compared with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.picture import Pixels
from tests.bench.pictures.dev import Half, PostedCase, cases, half_of, masters
from tests.bench.pictures.moments import another_frame
from tests.bench.pictures.posting import WAYS, collage, saved
from tests.bench.pictures.showing import HIDING, SIZES, Pair, hidden, moment_later, plain, uncropped
from tests.bench.pictures.templates import LAYOUTS, Layout, turned_over

SEED, MASTER_QUALITY = 20261116, 92
_OF_STRANGERS = ("reencode", "crop_5_15", "letterbox_480x360", "yt_thumb_320x180")
_OF_UNCOVERED = ("reencode", "reencode", "resize_1200x675", "crop_5_15")
Body = Callable[[], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Masters by name, and the cases that are compared with them; `full` asks for a register of the usual size."""

    name: str
    masters: dict[str, Body]
    cases: list[PostedCase]
    full: bool = False


def trials(half: Half, each: int = 2) -> Iterator[Trial]:
    """Yield what is to be tried with one half's photographs, every way to post one `each` times."""
    own = {name: path for name, path in masters().items() if half_of(name) == half}
    strangers = [case for case in cases() if case.transform == "neg_distinct" and case.half == half]
    yield Trial(
        "posted",
        {name: path.read_bytes for name, path in masters().items()},
        [
            *_harmless(own, half, each),
            *_covered(own, half),
            *_collages(own, half, each),
            *_foreign(strangers, half),
            *_later(own, half),
        ],
        full=True,
    )
    for how in HIDING:
        for size in SIZES:
            yield _paired(f"uncovered, {how}, {size} %", own, half)
    for number in range(each):
        yield _paired(f"uncropped {number + 1}", own, half)
    for way, layout in LAYOUTS.items():
        yield _templates(f"template, {way}", own, strangers, half, (layout, layout))
    yield _templates("template, turned over", own, strangers, half, (LAYOUTS["head"], turned_over))


def shown(path: Path) -> Pixels:
    """Return the pixels of a photograph."""
    return decoded(path.read_bytes())


def decoded(body: bytes) -> Pixels:
    """Return the pixels of a file that is known to be sound."""
    pixels = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8)  # type: ignore[arg-type]


def chance_of(*words: object) -> Generator:
    """Return chances that are the same for the same words."""
    return Generator(PCG64([SEED, *" ".join(str(word) for word in words).encode()]))


def _body(make: Callable[[Generator], Pixels], *words: object) -> Body:
    """Return a way to make a file of pixels, the same each time it is asked for."""

    def made() -> bytes:
        chance = chance_of(*words)
        pixels = make(chance)
        return saved(pixels, int(chance.integers(60, 86)))

    return made


def _harmless(own: dict[str, Path], half: Half, each: int) -> Iterator[PostedCase]:
    for way, change in WAYS.items():
        for name, path in own.items():
            for number in range(each):

                def make(chance: Generator, path: Path = path, change: Callable = change) -> Pixels:
                    return change(shown(path), chance)

                body = _body(make, way, name, number)
                yield PostedCase(f"{way} {number} {name}", body, way, (name,), None, half)


def _covered(own: dict[str, Path], half: Half) -> Iterator[PostedCase]:
    """Yield posts in which something was hidden that the master shows, which is harmless."""
    for how in HIDING:
        for name, path in own.items():

            def make(chance: Generator, path: Path = path, how: str = how) -> Pixels:
                return hidden(shown(path), how, (0.03, 0.2), chance).master

            way = f"covered, {how}"
            yield PostedCase(f"{way} {name}", _body(make, way, name), way, (name,), None, half)


def _collages(own: dict[str, Path], half: Half, each: int) -> Iterator[PostedCase]:
    names = sorted(own)
    for number in range(each * len(names) // 2):
        four = tuple(str(one) for one in chance_of("four", half, number).choice(names, 4, replace=False))

        def make(chance: Generator, four: tuple[str, ...] = four) -> Pixels:
            return collage([shown(own[name]) for name in four], chance)

        yield PostedCase(f"collage {number}", _body(make, "collage", number), "collage_2x2", four, None, half)


def _foreign(strangers: list[PostedCase], half: Half) -> Iterator[PostedCase]:
    for case in strangers:
        for way in _OF_STRANGERS:

            def make(chance: Generator, case: PostedCase = case, way: str = way) -> Pixels:
                return WAYS[way](decoded(case.read()), chance)

            yield PostedCase(f"stranger {way} {case.name}", _body(make, way, case.name), "stranger", (), None, half)
    for number in range(len(strangers)):

        def four(chance: Generator) -> Pixels:
            chosen = chance.choice(len(strangers), 4, replace=False)
            return collage([decoded(strangers[int(one)].read()) for one in chosen], chance)

        yield PostedCase(f"foreign collage {number}", _body(four, "foreign", number), "foreign collage", (), None, half)
        yield PostedCase(f"plain {number}", _body(plain, "plain", number), "plain", (), None, half)


def _later(own: dict[str, Path], half: Half) -> Iterator[PostedCase]:
    for name, path in own.items():

        def make(chance: Generator, path: Path = path) -> Pixels:
            return moment_later(shown(path), chance).posted

        yield PostedCase(f"moment later {name}", _body(make, "later", name), "moment later", (), name, half)

        def frame(chance: Generator, path: Path = path) -> Pixels:
            return another_frame(shown(path), chance)

        yield PostedCase(f"another frame {name}", _body(frame, "camera", name), "another frame", (), name, half)


def _paired(name: str, own: dict[str, Path], half: Half) -> Trial:
    kept: dict[str, Body] = {}
    some: list[PostedCase] = []
    for of, path in own.items():

        def master(of: str = of, path: Path = path) -> bytes:
            return saved(_pair(name, of, path).master, MASTER_QUALITY)

        def posted(chance: Generator, of: str = of, path: Path = path) -> Pixels:
            way = str(chance.choice(_OF_UNCOVERED)) if name.startswith("uncovered") else "reencode"
            return WAYS[way](_pair(name, of, path).posted, chance)

        kept[of] = master
        some.append(PostedCase(f"{name} {of}", _body(posted, name, of), name.rstrip(" 0123456789"), (), of, half))
    return Trial(name, kept, some)


def _pair(trial: str, of: str, path: Path) -> Pair:
    """Return the pair that a trial makes of a photograph."""
    chance = chance_of(trial, of)
    if not trial.startswith("uncovered"):
        return uncropped(shown(path), chance)
    _, how, size = trial.removesuffix(" %").split(", ")
    return hidden(shown(path), how, SIZES[size], chance)


def hidden_box(trial: str, of: str) -> tuple[float, float, float, float]:
    """Return where a trial hides something in a master: left, top, right and bottom as shares of its sides."""
    pair = _pair(trial, of, masters()[of])
    down, across = np.nonzero(np.abs(pair.master.astype(int) - pair.posted).max(axis=2) > 4)
    high, wide = pair.master.shape[:2]
    return across.min() / wide, down.min() / high, across.max() / wide, down.max() / high


def _templates(
    what: str, own: dict[str, Path], strangers: list[PostedCase], half: Half, layouts: tuple[Layout, Layout]
) -> Trial:
    """Return posters of photographs that nobody approved against posters of those that somebody did."""
    kept = {name: _poster(path.read_bytes, layouts[0], MASTER_QUALITY) for name, path in own.items()}
    some = [
        PostedCase(f"{what} {case.name}", _poster(case.read, layouts[1], 75), what, (), None, half)
        for case in strangers
    ]
    return Trial(what, kept, some)


def _poster(read: Body, layout: Layout, quality: int) -> Body:
    return lambda: saved(layout(decoded(read()), "St John Primary School"), quality)
