"""`python -m tests.bench.people.run`: quality and speed of the matcher and of known libraries on the same sets.

Ours is learned anew for these figures, each time without the part on which it is measured: a school is judged by
weights and a threshold from the three other schools, the public figures' second half by those of the first.
"""

import io
import time
from collections.abc import Sequence
from contextlib import redirect_stdout

from engines.people.matching import match_people
from engines.people.score.weights import Scale
from tests.bench.people import bands, measure, own_styles, page, peers, sets, speed, train, unseen
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link
from tests.bench.people.reliability import drawn, error, table

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
    schools = [load(sets.school(name)) for name in sets.SCHOOLS]
    halves = {half: load(sets.public_figures(half)) for half in ("tune", "report")}
    folds = train.left_out(schools, [halves["tune"]])
    _schools(schools, folds)
    _figures(halves, folds)
    _unseen(schools, halves["tune"])
    scale = train.scale_of(folds)
    _likely(folds, scale)
    pooled = train.links_of(folds, scale)
    print("\nReliability, each school judged by the others' weights")
    print(table(pooled))
    print(f"  calibration error, schools {error(pooled):.3f}")
    public = train.links_of([(halves["report"], folds[-1][1])], scale)
    print(f"  calibration error, public figures, second half {error(public):.3f}")
    drawn(pooled)


def _unseen(schools: Sequence[Loaded], tune: Loaded) -> None:
    print("\nWhat the weights never saw (thresholds from what they did see)")
    by_school = [unseen.by_style(school, schools, [tune]) for school in schools]
    owned = sum(part.owned for part in by_school)
    first = sum(measure.recall_in_first(part.links, part.owned, 100) * part.owned for part in by_school) / owned
    _print("ours, style left out", [link for part in by_school for link in part.links], owned, 0.0)
    print(f"{'':34} in the first 100 to review of each school {first:.3f}")
    for part in unseen.by_country(schools):
        _print(f"ours, {part.name}", part.links, part.owned, 0.0)
    weights = train.learn([*schools, tune])
    threshold = measure.best_threshold(train.links_of([(one, weights) for one in schools]), owned)
    for name, styles in (
        ("ten styles of our own, seen", own_styles.SEEN),
        ("ten more, not looked at", own_styles.UNSEEN),
    ):
        own = load(own_styles.own_set(styles, "first"))
        _print(f"ours, {name}", train.links_of([(own, weights)]), own.owned, threshold)


def _likely(folds: Sequence[tuple[Loaded, dict[str, float]]], scale: Scale) -> None:
    """Print how often `likely` is right at a school that taught neither the weights nor the threshold."""
    bands_of = []
    for place, (school, weights) in enumerate(folds):
        least = bands.threshold([*folds[:place], *folds[place + 1 :]], scale)
        bands_of.append(bands.likely(school, weights, scale, least))
    links, pupils = (
        [link for band in bands_of for link in band.links],
        [link for band in bands_of for link in band.pupils],
    )
    right, found = sum(link.is_right for link in links), sum(link.is_right for link in pupils)
    findable = sum(band.findable for band in bands_of)
    print("\nThe band `likely`, each school by the others' weights and threshold")
    print(f"  right {right / max(len(links), 1):.3f} of {len(links)}")
    print(f"  right {found / max(len(pupils), 1):.3f} of {len(pupils)} that are pupils")
    print(f"  reaches {found / findable:.3f} of the {findable} pupils who show enough to be found")


def _schools(schools: Sequence[Loaded], folds: Sequence[tuple[Loaded, dict[str, float]]]) -> None:
    print("Invented schools, each by what the other three taught (F1 at the others' threshold)")
    links, owned, met = [], 0, 0.0
    for one, weights in folds:
        others = [other for other in schools if other is not one]
        tuned = train.links_of([(other, weights) for other in others])
        threshold = measure.best_threshold(tuned, sum(other.owned for other in others))
        found = measure.moved(train.links_of([(one, weights)]), threshold)
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
        tuned = train.links_of([(other, weights) for other in others])
        threshold = measure.best_threshold(tuned, sum(other.owned for other in others))
        found = measure.moved(train.links_of([(one, weights)]), threshold)
        links += [link for link in found if roles[link.person] == "pupil"]
        owned += sum(roles[owner] == "pupil" for owners in one.given.truth.values() for owner in owners)
    _print("ours, pooled, pupils alone", links, owned, 0.0)


def _figures(halves: dict[str, Loaded], folds: Sequence[tuple[Loaded, dict[str, float]]]) -> None:
    print("\nPublic figures, second half (weights and threshold from the first half and three schools)")
    weights, report, tune = folds[-1][1], halves["report"], halves["tune"]
    crossed = train.crossed(tune, [one for one, _ in folds[:-1]])
    tuned, found = train.links_of([(tune, weights)]), train.links_of([(report, weights)])
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
