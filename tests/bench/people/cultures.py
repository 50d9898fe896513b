"""How often `likely` is right by culture of name, on drawn schools: `python -m tests.bench.people.cultures`.

The words of these schools are kept from all learning.
"""

from collections.abc import Mapping, Sequence
from math import log2

from engines.people.score.weights import learned_weights
from tests.bench.people import bands, fit, measure, page, worlds
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link
from tests.bench.people.reliability import error

# So many drawn schools teach, and an account of theirs counts so much beside one of the dev sets.
TAUGHT, WEIGHT = 6, 0.2
EACH, TOGETHER = 3, 2
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


def kept(group: Sequence[str]) -> list[Loaded]:
    """Return drawn schools of these cultures alone, whose words nothing learns from."""
    return [load(worlds.world(f"{group[0]}{number}", kept=True, cultures=group)) for number in range(EACH)]


def left_out() -> list[tuple[list[Loaded], list[Loaded]]]:
    """Return, for some cultures at a time, the drawn schools without them, and the kept ones of them alone."""
    return [(taught(without=group), kept(group)) for group in groups()]


def table(folds: Sequence[Fold], temperature: float, least: float) -> str:
    """Return how often `likely` is right for the names of each culture, with its 95 % interval, as a table."""
    by_culture: dict[str, list[Link]] = {culture: [] for culture in all_cultures()}
    for part, weights in folds:
        for link in bands.likely(part, weights, temperature, least).links:
            by_culture[worlds.culture_of(link.person)].append(link)
    lines = ["| culture of the name | `likely` | right | of them | 95 % interval |", "|---|---|---|---|---|"]
    everything = [link for links in by_culture.values() for link in links]
    for name, links in (*by_culture.items(), ("all", everything)):
        right, held = sum(link.is_right for link in links), len(links)
        low, high = measure.wilson_low(right, held), 1 - measure.wilson_low(held - right, held)
        share = f"{right / max(held, 1):.3f}"
        lines.append(f"| {name.replace('_', ' ')} | {held} | {right} | {share} | {low:.3f} to {high:.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Print and keep in docs/identity.md what the weights that ship say of drawn schools, which taught them nothing."""
    weights = learned_weights()
    folds = [(part, weights.bits) for group in groups() for part in kept(group)]
    least = log2(weights.likely / (1 - weights.likely))
    links = measure.pooled([fit.links_of(part.cases, part.given, bits, weights.temperature) for part, bits in folds])
    owned = sum(part.owned for part, _ in folds)
    precision, recall, f1 = measure.quality(links, owned, measure.best_threshold(links, owned))
    at, wrong = measure.recall_at(links, owned, 0.95), error(links)
    said = (
        f"{len(folds)} drawn schools: P {precision:.3f}, R {recall:.3f}, F1 {f1:.3f}, recall at precision 0.95 {at:.3f}"
    )
    made = f"{said}, calibration error {wrong:.3f}.\n\n{table(folds, weights.temperature, least)}"
    print(made)
    page.put("cultures", made)


if __name__ == "__main__":
    main()
