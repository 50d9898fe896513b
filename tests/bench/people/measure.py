"""The measures: per account the best person (all of them in a tie), at one threshold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Link:
    """One account's best person, with the score by which a threshold takes or leaves it."""

    account: str
    person: str
    score: float
    is_right: bool


Quality = tuple[float, float, float]


def quality(links: Iterable[Link], owned: int, threshold: float) -> Quality:
    """Return precision, recall and F1 at a threshold."""
    kept = [link for link in links if link.score >= threshold]
    right = sum(link.is_right for link in kept)
    precision, recall = right / max(len(kept), 1), right / max(owned, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def best_threshold(links: Sequence[Link], owned: int) -> float:
    """Return the threshold with the highest F1."""
    return max({link.score for link in links}, key=lambda t: quality(links, owned, t)[2], default=0.0)


def sure_threshold(links: Sequence[Link], precision: float) -> float | None:
    """Return the lowest threshold at which the precision is surely so high: the lower end of its 95 % interval is."""
    kept, right, found = 0, 0, None
    ranked = sorted(links, key=lambda link: -link.score)
    for place, link in enumerate(ranked):
        kept, right = kept + 1, right + link.is_right
        is_last = place + 1 == len(ranked) or ranked[place + 1].score < link.score
        if is_last and wilson_low(right, kept) >= precision:
            found = link.score
    return found


def wilson_low(right: int, kept: int) -> float:
    """Return the lower end of the 95 % Wilson interval of a share."""
    if not kept:
        return 0.0
    share, z2 = right / kept, Z95**2
    middle = share + z2 / (2 * kept)
    return (middle - Z95 * sqrt(share * (1 - share) / kept + z2 / (4 * kept**2))) / (1 + z2 / kept)


def recall_at(links: Sequence[Link], owned: int, precision: float) -> float:
    """Return the highest recall of any threshold whose precision is at least so much."""
    kept, right, best = 0, 0, 0.0
    ranked = sorted(links, key=lambda link: -link.score)
    for place, link in enumerate(ranked):
        kept, right = kept + 1, right + link.is_right
        is_last = place + 1 == len(ranked) or ranked[place + 1].score < link.score
        if is_last and right / kept >= precision:
            best = max(best, right / owned)
    return best


def recall_in_first(links: Sequence[Link], owned: int, first: int) -> float:
    """Return the share of all owned pairs among the first so many links."""
    return sum(link.is_right for link in sorted(links, key=lambda link: -link.score)[:first]) / max(owned, 1)


def pooled(sets: Sequence[Sequence[Link]]) -> list[Link]:
    """Return the links of several sets as one list."""
    return [link for links in sets for link in links]


def moved(links: Iterable[Link], threshold: float) -> list[Link]:
    """Return the links with the threshold at nought, so that sets with thresholds of their own can be pooled."""
    return [Link(link.account, link.person, link.score - threshold, link.is_right) for link in links]
