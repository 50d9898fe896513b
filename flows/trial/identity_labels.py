"""`audit identity label`: a person judges pairs of account and person, blind to the score, to measure the matcher."""

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Annotated, Literal, cast

import typer

from engines.people import SURE, ActorProfile, PersonMatch, RegisterPerson
from flows.home.arguments import School
from flows.home.context import open_context
from flows.home.integrity import looked_into
from flows.home.settings import ConfigurationError, from_environment
from flows.weekly.match_accounts import actors_of, matched, people_of
from warehouse.runs.match_store import newest_day

Label = Literal["yes", "no", "skip"]
Key = tuple[str, str, str]  # platform, actor, person
ANSWERS: Mapping[str, Label] = {"y": "yes", "n": "no", "s": "skip"}
# From each range of probability as many pairs: else a person would see nothing but what is hardly in doubt.
STRATA = (0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 1.01)
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Measured:
    """A share that labels showed, with the interval in which the truth lies 19 times of 20 (Wilson)."""

    share: float
    low: float
    high: float
    of: int


def label(
    school_id: School, *, pairs: Annotated[int, typer.Option(min=1, help="How many pairs to look at.")] = 60
) -> None:
    """Judge pairs of account and person without their score, to measure how well the matcher does at this school."""
    context = open_context(from_environment(), school_id, None)
    with looked_into(context) as db:
        day = newest_day(db)
        people, actors = people_of(db), actors_of(db)
    if day is None:
        raise ConfigurationError(f"There is no run to label yet. Run `audit run {school_id}` first.")
    context = replace(context, as_of=day)
    matches = matched(context, people, actors)
    with context.casebook() as book:
        labels = ask(
            # By the day of the run: somebody who goes on another time goes on with the same pairs.
            drawn_pairs(matches, pairs, day.toordinal()),
            {(actor.platform, actor.actor_id): actor for actor in actors},
            {person.person_id: person for person in people},
            lambda key, answer: book.label(key, answer, context.now()),
            cast("Mapping[Key, Label]", book.labels()),
        )
    typer.echo(report(matches, labels, SURE))


def drawn_pairs(matches: Sequence[PersonMatch], count: int, seed: int) -> list[PersonMatch]:
    """Return so many pairs, evenly from each range of probability, in an order that tells nothing."""
    chooser = random.Random(seed)  # noqa: S311 - a sample to look at, no secret
    inferred = sorted((m for m in matches if m.band != "declared"), key=lambda m: (m.platform, m.actor_id, m.person_id))
    strata = [[m for m in inferred if low <= m.probability < high] for low, high in itertools.pairwise(STRATA)]
    for stratum in strata:
        chooser.shuffle(stratum)
    chosen: list[PersonMatch] = []
    while len(chosen) < count and any(strata):
        chosen += [stratum.pop() for stratum in strata if stratum]
    chosen = chosen[:count]
    chooser.shuffle(chosen)
    return chosen


def ask(
    pairs: Sequence[PersonMatch],
    actors: Mapping[tuple[str, str], ActorProfile],
    people: Mapping[str, RegisterPerson],
    keep: Callable[[Key, Label], None],
    earlier_labels: Mapping[Key, Label],
) -> dict[Key, Label]:
    """Show each pair that has no label yet, without score, band or reasons; keep every answer at once."""
    labels = dict(earlier_labels)
    for number, pair in enumerate(pairs, start=1):
        key = (pair.platform, pair.actor_id, pair.person_id)
        if key in labels:
            continue
        for line in lines_of_pair(actors[pair.platform, pair.actor_id], people[pair.person_id]):
            typer.echo(line)
        answer = ""
        while answer not in {*ANSWERS, "q"}:
            answer = typer.prompt(
                f"{number} of {len(pairs)}: this person's account? y, n, s (cannot say), q (stop)"
            ).lower()
        if answer == "q":
            break
        labels[key] = ANSWERS[answer]
        keep(key, labels[key])
    return labels


def lines_of_pair(actor: ActorProfile, person: RegisterPerson) -> Iterator[str]:
    """Yield what a person needs to see of a pair, and nothing of what the matcher thinks."""
    name = f"{person.given_names or ''} {person.surname or ''}".strip() or (person.full_name or "")
    called = f" (known as {person.known_as})" if person.known_as else ""
    place = ", ".join(filter(None, (person.role, person.year_group, person.class_name, person.job_title)))
    yield ""
    yield f"{actor.platform} @{actor.handle or '-'}  {actor.display_name or ''}"
    yield from (f"  {text}" for text in (actor.bio, actor.location) if text)
    yield f"{name}{called}, {place}"


def measured(
    matches: Sequence[PersonMatch], labels: Mapping[Key, Label], least: float
) -> tuple[Measured | None, Measured | None]:
    """Return precision and recall of the pairs at or above a probability, among those labelled yes or no.

    Each range was sampled at its own rate, so each pair counts for those of its range that were not drawn; recall is
    of the accounts that the matcher lists at all.
    """
    judged = [(m, labels.get((m.platform, m.actor_id, m.person_id))) for m in matches if m.band != "declared"]
    rates = [_rate(judged, low, high) for low, high in itertools.pairwise(STRATA)]
    weighed = [
        (m.probability >= least, label == "yes", 1 / rates[_stratum(m)])
        for m, label in judged
        if label in {"yes", "no"}
    ]
    precision = _share([(right, weight) for is_in, right, weight in weighed if is_in])
    recall = _share([(is_in, weight) for is_in, right, weight in weighed if right])
    return precision, recall


def wilson(share: float, of: float) -> tuple[float, float]:
    """Return the interval in which the true share lies 19 times of 20."""
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    reach = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2)) / (1 + _Z**2 / of)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def report(matches: Sequence[PersonMatch], labels: Mapping[Key, Label], least: float) -> str:
    """Return what the labels show, as sentences."""
    lines = []
    for name, measure in zip(("precision", "recall"), measured(matches, labels, least), strict=True):
        if measure is None:
            lines.append(f"No label tells anything of {name} yet.")
        else:
            lines.append(
                f"{name.capitalize()} {measure.share:.2f}, between {measure.low:.2f} and {measure.high:.2f} "
                f"({measure.of} labels)."
            )
    return "\n".join(lines)


def _share(weighed: Sequence[tuple[bool, float]]) -> Measured | None:
    whole = sum(weight for _, weight in weighed)
    if not whole:
        return None
    share = sum(weight for is_so, weight in weighed if is_so) / whole
    effective = whole**2 / sum(weight**2 for _, weight in weighed)
    return Measured(share, *wilson(share, effective), len(weighed))


def _stratum(match: PersonMatch) -> int:
    return max(place for place, low in enumerate(STRATA[:-1]) if match.probability >= low)


def _rate(judged: Sequence[tuple[PersonMatch, Label | None]], low: float, high: float) -> float:
    inside = [label for m, label in judged if low <= m.probability < high]
    return sum(label in {"yes", "no"} for label in inside) / len(inside) if inside else 1.0
