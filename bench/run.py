"""`make bench`: quality and ratios of speed, ours beside well-known libraries, on the same data in one run.

Who it is is measured on sets that lie beside the project (bench/identity), how texts are read on labelled texts
(bench/words), pictures on the invented town, whose photographs are drawn: those figures say that the rules do what
they say, not how well they would do at a real school.
"""

import io
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import imagehash
from PIL import Image

from bench.identity.run import main as bench_identity
from bench.words.measure import bench_words
from checks.pictures.hash import PictureHash, pdq
from demo.album import Prints, masters, prints
from demo.town import WEEKS

T = TypeVar("T")
Hasher = Callable[[bytes], int]


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """Return what the call returns, and the seconds it took."""
    begun = time.perf_counter()
    made = call()
    return made, time.perf_counter() - begun


def bench_pictures() -> None:
    """Print, for the posted form of each master and for unapproved pictures, who finds the right one."""
    kept = [(one.photograph_id, prints(one.scene)) for one in masters(WEEKS[-1])]
    strange = [prints(scene).posted for scene in range(62, 72)]
    print(f"Is it approved? {len(kept)} masters in the form in which they are posted, {len(strange)} strangers")
    base = 0.0
    for name, hashed, limit in (("ours (PDQ)", _pdq, 31), ("imagehash pHash", _phash, 10)):
        table = {ident: hashed(one.master) for ident, one in kept}
        (right, wrong), seconds = timed(partial(_count, kept, strange, hashed, table, limit))
        base = seconds if name.startswith("ours") else base
        print(f"  {name:26} recall {right / len(kept):.2f}  wrong links {wrong}  x{base / seconds:.2f}")


def _count(
    kept: list[tuple[str, Prints]], strange: list[bytes], hashed: Hasher, table: dict[str, int], limit: int
) -> tuple[int, int]:
    def nearest(body: bytes) -> tuple[int, str]:
        own = hashed(body)
        return min(((own ^ other).bit_count(), ident) for ident, other in table.items())

    answers = [(ident, *nearest(one.posted)) for ident, one in kept]
    right = sum(bits <= limit and found == ident for ident, bits, found in answers)
    return right, sum(nearest(body)[0] <= limit for body in strange)


def _pdq(body: bytes) -> int:
    made = pdq(body)
    return int(made.hex, 16) if isinstance(made, PictureHash) else 0


def _phash(body: bytes) -> int:
    return int(str(imagehash.phash(Image.open(io.BytesIO(body)))), 16)


if __name__ == "__main__":
    print("Speed is ours divided by the other's time in this run: x2 is twice as fast as ours.")
    bench_identity()
    bench_pictures()
    bench_words()
