"""How well the fresh author's texts are read; nothing was tuned on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.words.model import TextFamily
from engines.words.reading import FAMILIES, read_texts
from tests.bench.words.sets import AS_OF, LabelledText, fresh_texts

HATEFUL = frozenset(("threat", "hate", "slur"))
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rates:
    """How well one reader does on one set.

    `precision`: of what it called so, how much is so. `recall`: of what is so, how much it called so. `alarms`: of what
    is not so, how much it called so nevertheless. `accuracy`: how much it called what it is.
    """

    precision: float
    recall: float
    alarms: float
    accuracy: float


def rates(called: Flags, labelled: Flags) -> Rates:
    """Return the four rates of one reader on one set."""
    right = int((called & labelled).sum())
    return Rates(
        right / max(1, int(called.sum())),
        right / max(1, int(labelled.sum())),
        int((called & ~labelled).sum()) / max(1, int((~labelled).sum())),
        float((called == labelled).mean()),
    )


def read(texts: Sequence[LabelledText]) -> list[tuple[TextFamily, ...]]:
    """Read each text as what it is: a post, a comment or a profile."""
    readings: list[tuple[TextFamily, ...]] = [()] * len(texts)
    for kind in FAMILIES:
        places = [at for at, text in enumerate(texts) if text.kind == kind]
        for at, families in zip(places, read_texts([texts[at].text for at in places], kind, as_of=AS_OF), strict=True):
            readings[at] = families
    return readings


def called_by(readings: Sequence[Sequence[TextFamily]], families: Collection[str], *, listed: bool = True) -> Flags:
    """Say of each reading whether it tells of one of these families."""
    return np.array(
        [any(told.family in families and (told.is_listed or not listed) for told in reading) for reading in readings]
    )


def school_table() -> str:
    """Return a Markdown table: the fresh author's school texts, by family."""
    texts = fresh_texts("school")
    readings = read(texts)
    lines = ["| family | there | precision | recall | recall with those to be read |", "|---|---|---|---|---|"]
    families = list(dict.fromkeys(name for names in FAMILIES.values() for name in names))
    pairs = {name: _pairs(texts, readings, (name,)) for name in families} | {"all": _pairs(texts, readings, families)}
    for name, (there, called, right, right_to_read) in pairs.items():
        lines.append(
            f"| {name} | {there} | {right / max(1, called):.2f} | {right / max(1, there):.2f} "
            f"| {right_to_read / max(1, there):.2f} |"
        )
    return "\n".join(lines)


def functional_rates() -> Rates:
    """Return the rates of all functional cases together: hateful where hate, a slur or a threat is listed."""
    texts = fresh_texts("functional")
    labelled = np.array([not text.labels.isdisjoint(HATEFUL) for text in texts])
    return rates(called_by(read(texts), HATEFUL), labelled)


def _pairs(
    texts: Sequence[LabelledText], readings: Sequence[Sequence[TextFamily]], families: Sequence[str]
) -> tuple[int, int, int, int]:
    there = called = right = right_to_read = 0
    for text, reading in zip(texts, readings, strict=True):
        wanted = text.labels & set(families)
        told = {found.family for found in reading} & set(families)
        listed = {found.family for found in reading if found.is_listed} & set(families)
        there += len(wanted)
        called += len(listed)
        right += len(wanted & listed)
        right_to_read += len(wanted & told)
    return there, called, right, right_to_read
