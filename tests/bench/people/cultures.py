"""How often `likely` is right by culture of name, on drawn schools whose words are kept from all learning."""

from collections.abc import Mapping, Sequence

from engines.people.score.weights import Scale
from tests.bench.people import fit, measure, page, worlds
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link
from tests.bench.people.reliability import error
from tests.bench.people.reliability import table as reliability

# So many drawn schools teach, and an account of theirs counts so much beside one of the dev sets.
TAUGHT, WEIGHT = 6, 0.2
EACH, TOGETHER, FIRST = 3, 2, 100
Fold = tuple[Loaded, Mapping[str, float]]


def all_cultures() -> list[str]:
    """Return every culture of which the drawn schools have names."""
    return sorted(worlds.lists()["given"])


def taught(without: Sequence[str] = ()) -> list[Loaded]:
    """Return the drawn schools that the weights learn from, without the names of some cultures."""
    cultures = [culture for culture in all_cultures() if culture not in without]
    seeds = [f"taught{number}" for number in range(TAUGHT)]
    drawn = [worlds.world(seed, cultures=_some(cultures, number)) for number, seed in enumerate(seeds)]
    return [Loaded(given, fit.cases_of(given, weight=WEIGHT)) for given in drawn]


def _some(cultures: Sequence[str], number: int) -> list[str]:
    """Return four of these cultures, another one first each time."""
    return [cultures[(number + place) % len(cultures)] for place in range(worlds.CULTURES)]


def groups() -> list[list[str]]:
    """Return the cultures, some at a time."""
    cultures = all_cultures()
    return [cultures[first : first + TOGETHER] for first in range(0, len(cultures), TOGETHER)]


def kept(group: Sequence[str], seeds: str = "") -> list[Loaded]:
    """Return drawn schools of these cultures alone, whose words nothing learns from."""
    return [load(worlds.world(f"{seeds}{group[0]}{number}", kept=True, cultures=group)) for number in range(EACH)]


def others(folds: Sequence[Fold], seeds: str) -> list[Fold]:
    """Return as many other schools of the same cultures, each with the weights that know as little of it."""
    weights = [weights for _, weights in folds[::EACH]]
    return [(part, known) for group, known in zip(groups(), weights, strict=True) for part in kept(group, seeds)]


def without_families(parts: Sequence[Loaded], share: int, shares: int) -> list[Loaded]:
    """Return these schools without the accounts of one share of the families of pupils' styles."""
    families = sorted({kind for part in parts for kind in part.given.kinds.values() if kind.startswith("pupil/")})
    gone = set(families[share::shares])
    return [Loaded(part.given, fit.chosen(part.cases, {account for account in part.cases.accounts
                                                       if part.given.kinds[account] not in gone}))
            for part in parts]  # fmt: skip


def left_out() -> list[tuple[list[Loaded], list[Loaded]]]:
    """Return, for some cultures at a time, the drawn schools without them, and the kept ones of them alone.

    A share of the families of styles is left out with them, another one each time.
    """
    size = len(groups())
    return [(without_families(taught(without=group), place, size), kept(group)) for place, group in enumerate(groups())]


def table(likely: Sequence[Link]) -> str:
    """Return how often `likely` is right for the names of each culture, with its 95 % interval, as a table."""
    by_culture: dict[str, list[Link]] = {culture: [] for culture in all_cultures()}
    for link in likely:
        by_culture[worlds.culture_of(link.person)].append(link)
    lines = ["| culture of the name | `likely` | right | of them | 95 % interval |", "|---|---|---|---|---|"]
    everything = [link for links in by_culture.values() for link in links]
    for name, links in (*by_culture.items(), ("all", everything)):
        right, held = sum(link.is_right for link in links), len(links)
        low, high = measure.wilson_low(right, held), 1 - measure.wilson_low(held - right, held)
        share = f"{right / max(held, 1):.3f}"
        lines.append(f"| {name.replace('_', ' ')} | {held} | {right} | {share} | {low:.3f} to {high:.3f} |")
    return "\n".join(lines)


def quality(folds: Sequence[Fold], scale: Scale) -> str:
    """Return the measures of these schools, and of the pupils of them alone, as lines of text."""
    links = [fit.links_of(part.cases, part.given, weights, scale) for part, weights in folds]
    roles = [{person.person_id: person.role for person in part.given.people} for part, _ in folds]
    pupils = [
        [link for link in found if role[link.person] == "pupil"] for found, role in zip(links, roles, strict=True)
    ]
    owned_by_pupils = sum(
        role[owner] == "pupil"
        for (part, _), role in zip(folds, roles, strict=True)
        for owners in part.given.truth.values()
        for owner in owners
    )
    owned = sum(part.owned for part, _ in folds)
    first = sum(
        measure.recall_in_first(found, part.owned, FIRST) * part.owned
        for found, (part, _) in zip(links, folds, strict=True)
    )
    every = measure.pooled(links)
    lines = [
        _row(f"{len(folds)} drawn schools", every, owned),
        _row("pupils alone", measure.pooled(pupils), owned_by_pupils),
        f"in the first {FIRST} to review of each school {first / owned:.3f}",
        f"calibration error {error(every):.3f}",
        reliability(every),
    ]
    return "\n".join(lines)


def _row(name: str, links: Sequence[Link], owned: int) -> str:
    precision, recall, f1 = measure.quality(links, owned, measure.best_threshold(links, owned))
    at = measure.recall_at(links, owned, 0.95)
    return f"{name:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  R@P95 {at:.3f}"


def publish(folds: Sequence[Fold], scale: Scale, likely: Sequence[Link]) -> None:
    """Print and keep in docs/identity.md what weights say of drawn schools whose names' cultures they never saw."""
    made = f"```\n{quality(folds, scale)}\n```\n\n{table(likely)}"
    print(made)
    page.put("cultures", made)
