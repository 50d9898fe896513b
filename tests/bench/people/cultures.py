"""How often `likely` is right by culture of name, each judged by weights that saw no name of it: on drawn schools."""

from collections.abc import Mapping, Sequence

from tests.bench.people import bands, fit, measure, worlds
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link

# So many drawn schools teach, and an account of theirs counts so much beside one of the dev sets.
TAUGHT, WEIGHT = 6, 0.2
EACH, TOGETHER = 4, 2
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


def left_out() -> list[tuple[list[str], list[Loaded], list[Loaded]]]:
    """Return some cultures at a time, the drawn schools without them to learn from, and kept ones of them alone."""
    cultures = all_cultures()
    groups = [cultures[first : first + TOGETHER] for first in range(0, len(cultures), TOGETHER)]
    return [
        (
            group,
            taught(without=group),
            [load(worlds.world(f"{group[0]}{number}", kept=True, cultures=group)) for number in range(EACH)],
        )
        for group in groups
    ]


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
