"""`make bench`: quality and ratios of speed of the two jobs, ours beside well-known libraries, in one run.

The invented town is the data, for its truth is known. It was drawn with our simple rules in mind, so these figures say
that the rules do what they say, not how well they would do at a real school; only the peers' figures are a surprise.
"""

import io
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import imagehash
from PIL import Image
from rapidfuzz import fuzz, process

from bench.words.measure import bench_words
from checks.identity.match import match
from checks.identity.model import Actor, Person, Role, SchoolNames
from checks.pictures.hash import PictureHash, pdq
from demo.album import Prints, masters, prints
from demo.cast import MAIN_ID
from demo.people import registers
from demo.town import WEEKS, truth
from demo.worlds import build

SCHOOL = SchoolNames("Ousterly Vale School", ("Ousterly Vale", "OVS", "Ousterly Vale High"), "Ousterly")
T = TypeVar("T")
Hasher = Callable[[bytes], int]
WHO = {"pupil_follower", "staff_follower"}
ROLES: tuple[Role, ...] = ("pupil", "staff", "governor", "parent", "leaver")


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """Return what the call returns, and the seconds it took."""
    begun = time.perf_counter()
    made = call()
    return made, time.perf_counter() - begun


def people() -> list[Person]:
    """Return everybody on the town's registers in the last week."""
    kept = registers(WEEKS[-1])
    groups = (kept.pupils, kept.staff, kept.governors, kept.parents, kept.leavers)
    return [
        Person(
            role=role,
            person_id=one.person_id,
            given_names=one.given_names,
            surname=one.surname,
            known_as=one.known_as or None,
            year_group=one.year_group or None,
            class_name=one.class_name or None,
            job_title=one.job_title or None,
            x_account=one.x_account or None,
        )
        for role, group in zip(ROLES, groups, strict=True)
        for one in group
    ]


def actors() -> list[Actor]:
    """Return the followers of the main account in the last week, as X shows them."""
    state = build(WEEKS[-1]).x
    shown = (state.users[ident] for ident in state.followers[MAIN_ID])
    return [
        Actor(
            platform="x",
            actor_id=user.id,
            handle=user.username,
            display_name=user.name,
            bio=user.description,
            location=user.location,
        )
        for user in shown
        if not user.suspended
    ]


def true_subjects() -> set[str]:
    """Return the accounts that the truth file expects among the main account's followers in the last week."""
    [last] = [week for week in truth()["week"] if week["as_of"] == WEEKS[-1].as_of]
    return {
        row["subject"]
        for row in last["exception"]
        if row["account"] == "@OusterlyVale"
        and row["check"] in {"pupil_follower", "staff_follower"}
        and row["status"] != "gone"
    }


def found_by_ours(roll: list[Person], seen: list[Actor]) -> set[str]:
    """Return the accounts that our matcher lists for a pupil or a member of staff."""
    listed = match(roll, seen, SCHOOL)
    return {m.actor_id for m in listed if m.is_best and m.role in {"pupil", "staff"} and m.band != "possible"}


def found_by_rapidfuzz(roll: list[Person], seen: list[Actor]) -> set[str]:
    """Return the accounts whose shown name is at least 90 like a pupil's or a member of staff's."""
    names = [f"{one.given_names} {one.surname}" for one in roll if one.role in {"pupil", "staff"}]
    scores = process.cdist([one.display_name or "" for one in seen], names, scorer=fuzz.token_set_ratio, workers=1)
    return {one.actor_id for one, row in zip(seen, scores, strict=True) if row.max(initial=0) >= 90}


def bench_identity() -> None:
    """Print precision, recall and the ratio of speed of matching."""
    roll, seen, expected = people(), actors(), true_subjects()
    ours, our_seconds = timed(lambda: found_by_ours(roll, seen))
    theirs, their_seconds = timed(lambda: found_by_rapidfuzz(roll, seen))
    print(f"Who is it? {len(seen)} followers, {len(roll)} people, {len(expected)} to be found")
    for name, found, seconds in (("ours", ours, our_seconds), ("rapidfuzz token_set_ratio", theirs, their_seconds)):
        right = len(found & expected)
        precision = right / len(found) if found else 0
        print(
            f"  {name:26} precision {precision:.2f}  recall {right / len(expected):.2f}  x{our_seconds / seconds:.2f}"
        )


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
