"""`python -m bench.people.run`: quality and speed of the matcher and of known libraries on the same sets.

Ours is learned anew for these figures, each time without the part on which it is measured: a school is judged by
weights and a threshold from the three other schools, the public figures' second half by those of the first.
"""

import io
import time
from collections.abc import Sequence
from contextlib import redirect_stdout

from bench.people import measure, page, peers, sets, speed, train
from bench.people.measure import Link
from bench.people.reliability import drawn, table
from bench.people.train import Loaded
from engines.people.matching import match_people

PRECISION = 0.95


def main() -> None:
    """Print everything, keep it in docs/identity.md, and draw the reliability diagram."""
    if not sets.FOLDER.is_dir():
        print(f"Skipped: the sets to measure on are not at {sets.FOLDER}.")
        return
    said = io.StringIO()
    with redirect_stdout(said):
        everything()
    print(said.getvalue())
    page.put("figures", f"```\n{said.getvalue().strip()}\n```")


def everything() -> None:
    """Print quality and speed on every set, beside the peers."""
    schools = [train.load(sets.school(name)) for name in sets.SCHOOLS]
    halves = {half: train.load(sets.public_figures(half)) for half in ("tune", "report")}
    folds = train.left_out(schools, [halves["tune"]])
    _schools(schools, folds)
    _figures(halves, folds)
    pooled = train.links_of(folds, train.temperature_of(folds))
    print("\nReliability, each school judged by the others' weights")
    print(table(pooled))
    drawn(pooled)


def _schools(schools: Sequence[Loaded], folds: Sequence[tuple[Loaded, dict[str, float]]]) -> None:
    print("Invented schools, each by what the other three taught (F1 at the others' threshold)")
    links, owned, met = [], 0, 0.0
    for one, weights in folds:
        others = [other for other in schools if other is not one]
        tuned = train.links_of([(other, weights) for other in others], 1.0)
        threshold = measure.best_threshold(tuned, sum(other.owned for other in others))
        found = measure.moved(train.links_of([(one, weights)], 1.0), threshold)
        _print(f"ours, {one.given.name}", found, one.owned, 0.0)
        first = measure.recall_in_first(found, one.owned, 100)
        print(f"{'':34} in the first 100 to review {first:.3f}")
        links, owned, met = [*links, *found], owned + one.owned, met + first * one.owned
    _print("ours, pooled", links, owned, 0.0)
    print(f"{'':34} in the first 100 to review of each school {met / owned:.3f}")
    _pupils(schools, folds)
    last = schools[-1].given
    print(speed.by_roll())
    print(speed.big_list())
    print("Others on s3, their thresholds from s0")
    _peers(last, schools[-1].owned, schools[0].given, schools[0].owned)


def _pupils(schools: Sequence[Loaded], folds: Sequence[tuple[Loaded, dict[str, float]]]) -> None:
    """Print the same of pupils alone: links to pupils against the accounts that pupils own."""
    links, owned = [], 0
    for one, weights in folds:
        roles = {person.person_id: person.role for person in one.given.people}
        others = [other for other in schools if other is not one]
        tuned = train.links_of([(other, weights) for other in others], 1.0)
        threshold = measure.best_threshold(tuned, sum(other.owned for other in others))
        found = measure.moved(train.links_of([(one, weights)], 1.0), threshold)
        links += [link for link in found if roles[link.person] == "pupil"]
        owned += sum(roles[owner] == "pupil" for owners in one.given.truth.values() for owner in owners)
    _print("ours, pooled, pupils alone", links, owned, 0.0)


def _figures(halves: dict[str, Loaded], folds: Sequence[tuple[Loaded, dict[str, float]]]) -> None:
    print("\nPublic figures, second half (weights and threshold from the first half and three schools)")
    weights, report, tune = folds[-1][1], halves["report"], halves["tune"]
    crossed = train.crossed(tune, [one for one, _ in folds[:-1]])
    tuned, found = train.links_of([(tune, weights)], 1.0), train.links_of([(report, weights)], 1.0)
    for name, threshold in (
        ("ours, best F1", measure.best_threshold(tuned, tune.owned)),
        ("ours, precision first", measure.sure_threshold(tuned, PRECISION)),
        ("ours, precision first, crossed", measure.sure_threshold(crossed, PRECISION)),
    ):
        if threshold is None:
            print(f"  {name:32} no threshold of the first half is surely right {PRECISION:.0%} of the time")
            continue
        _print(name, found, report.owned, threshold)
        linked = [link.account for link in found if link.score >= threshold]
        groups = [account for account in linked if report.given.kinds[account].startswith("org")]
        print(f"{'':34} accounts of organisations linked: {len(groups)}")
    _peers(report.given, report.owned, tune.given, tune.owned)


def _peers(given: sets.DevSet, owned: int, tune: sets.DevSet, tune_owned: int) -> None:
    begun = time.perf_counter()
    people = [one for one in given.people if one.role != "parent"]
    match_people(people, given.actors, given.school, as_of=given.as_of)
    ours = time.perf_counter() - begun
    for name, (package, peer) in peers.PEERS.items():
        if not peers.is_installed(package):
            print(f"  {name:32} SKIPPED: {package} is not installed here")
            continue
        threshold = measure.best_threshold(peer(tune), tune_owned)
        begun = time.perf_counter()
        found = peer(given)
        taken = time.perf_counter() - begun
        _print(name, found, owned, threshold, f"  ours takes {ours / taken:.2f} of its time")


def _print(name: str, links: Sequence[Link], owned: int, threshold: float, more: str = "") -> None:
    precision, recall, f1 = measure.quality(links, owned, threshold)
    at = [measure.recall_at(links, owned, least) for least in (0.95, 0.99)]
    print(f"  {name:32} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  R@P95 {at[0]:.3f}  R@P99 {at[1]:.3f}{more}")


if __name__ == "__main__":
    main()
