"""Prints what the picture engine and its peers make of the same files in the same run."""

import argparse
from collections.abc import Callable, Sequence

from threadpoolctl import threadpool_limits

from engines.pictures.decoding.sandbox import Opener
from tests.bench.pictures.dev import DEV, Half, PostedCase, cases, masters
from tests.bench.pictures.growth import growth, look_seconds
from tests.bench.pictures.made import trials
from tests.bench.pictures.measure import TransformCounts, measured, register_of
from tests.bench.pictures.peers import Peer, peers, run

PLAIN = ("reencode", "resize_1200x675", "resize_680")
USUAL = 1_150  # masters in a school's register


def main(half: Half = "report", *, made: int = 0, grow: bool = True, every: int = 1) -> None:
    """Measure one half and print it; `made` asks for so many posts made by program of each way, `every` thins them."""
    if not DEV.is_dir():
        print(f"Is it approved? The photographs are not beside the checkout ({DEV.name}): nothing measured.")
        return
    with threadpool_limits(1), Opener() as opener:
        chosen = [case for case in cases() if case.half == half]
        print(f"Is it approved? {len(masters())} masters, {len(chosen)} posted files of the {half} half, one core")
        register = register_of(bodies(), opener)
        tallies = measured(chosen, register, opener)
        say_ours(tallies)
        say_peers(tallies, chosen)
        if made:
            say_made(half, made, opener, every)
        if grow:
            say_growth()


def bodies() -> dict[str, Callable[[], bytes]]:
    """Return a way to read each approved file."""
    return {name: path.read_bytes for name, path in masters().items()}


def say_made(half: Half, each: int, opener: Opener, every: int) -> None:
    """Print what is said of posts that a program made of one half's photographs."""
    tallies: dict[str, TransformCounts] = {}
    for trial in trials(half, each):
        tallies |= measured(
            trial.cases[::every], register_of(trial.masters, opener, USUAL if trial.full else 0), opener
        )
    count = sum(one.pictures for one in tallies.values())
    print(f"  made by program: {count} posts; a register of {USUAL} for all that is not uncovered, uncropped, template")
    say_ours(tallies)


def say_ours(tallies: dict[str, TransformCounts]) -> None:
    """Print the engine's counts."""
    print(f"  {'what was done':34} pictures  found/parts  altered  beside  wrong  scene linked  passed  by hash  ms")
    for name, one in sorted(tallies.items()):
        print(
            f"  {name:34} {one.pictures:8}  {one.found:5}/{one.parts:<5}  {one.altered:7}  {one.beside:6}"
            f"  {one.wrong:5}  {one.linked:12}  {one.passed:6}  {one.by_hash:7}"
            f"  {1000 * one.opening / one.pictures:.0f} + {1000 * one.looking / one.pictures:.0f}"
        )
    some, plain = list(tallies.values()), [one for name, one in tallies.items() if name in PLAIN]
    print(
        f"  pictures a second, decoding included: {rate(some):.1f} over the mix, {rate(plain):.1f} on plain re-encodes"
    )
    for name, one in sorted(tallies.items()):
        for which in one.misjudged:
            print(f"  misjudged: {name}: {which}")


def rate(some: Sequence[TransformCounts]) -> float:
    """Return how many pictures a second were looked at."""
    return sum(one.pictures for one in some) / max(sum(one.seconds for one in some), 1e-9)


def say_peers(tallies: dict[str, TransformCounts], chosen: Sequence[PostedCase]) -> None:
    """Print each peer's recall beside the engine's, its false links, and how much faster it is."""
    ours = sum(one.seconds for one in tallies.values())
    positive = [name for name in sorted(tallies) if tallies[name].parts]
    run_peers: list[Peer] = peers()
    for peer in run_peers:
        run(peer, chosen)
    print("  recall of the right master    " + "  ".join(["ours", *(peer.name for peer in run_peers)]))
    for name in positive:
        own = tallies[name].found / tallies[name].parts
        theirs = (sum(peer.found.get(name, [])) / tallies[name].parts for peer in run_peers)
        print(f"  {name:28}  " + "  ".join(f"{share:.2f}" for share in (own, *theirs)))
    wrong = sum(one.wrong for one in tallies.values())
    print(f"  wrongly linked: ours {wrong}; " + "; ".join(f"{p.name} {p.wrong} of {p.negatives}" for p in run_peers))
    print("  speed, ours as one: " + "; ".join(f"{peer.name} x{ours / peer.seconds:.1f}" for peer in run_peers))


def say_growth() -> None:
    """Print how the time for one picture grows."""
    rest = look_seconds()
    found = growth()
    for size, (built, voted) in found.items():
        print(f"  {size} masters: indexed in {built:.0f} s, {1000 * (rest + 2 * voted):.0f} ms to look and vote")
    least, most = min(found), max(found)
    ratio = (rest + 2 * found[most][1]) / (rest + 2 * found[least][1])
    print(f"  {most // least} times the masters: x{ratio:.2f} the time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the picture engine and its peers.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--made", type=int, default=0, help="also try posts made by program, so many of each way")
    parser.add_argument("--every", type=int, default=1, help="of the posts made by program, one in so many")
    given = parser.parse_args()
    main(given.half, made=given.made, grow=not given.no_growth, every=given.every)
