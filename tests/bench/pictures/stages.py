"""Where the time of a look goes, by the profiler's count of the functions that do each part."""

import cProfile
import pstats
from collections.abc import Iterable

from engines.pictures.decoding.sandbox import Opener
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.picture import DecodedPicture
from engines.pictures.recognition import recognise
from tests.bench.pictures.dev import PostedCase

STAGES = {
    "hash": "hashed",
    "points": "points_of",
    "votes": "votes",
    "place": "placed",
    "pixels": "matched",
    "beyond": "beyond",
}


def stages(some: Iterable[PostedCase], register: MasterIndex, opener: Opener) -> dict[str, float]:
    """Return the milliseconds of one picture that each part of a look takes, and of the whole."""
    pictures = [made for case in some if isinstance(made := opener.open(case.read()), DecodedPicture)]
    profile = cProfile.Profile()
    profile.enable()
    for picture in pictures:
        recognise(picture, register)
    profile.disable()
    spent = dict.fromkeys([*STAGES, "whole"], 0.0)
    names = {function: stage for stage, function in (*STAGES.items(), ("whole", "look"))}
    for (path, _, function), (_, _, _, whole, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if function in names and "pictures" in path:
            spent[names[function]] += 1000 * whole / len(pictures)
    return spent
