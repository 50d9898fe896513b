"""How well texts kept aside are read: sentences about every group by their shape, and cruel ones beside kind twins."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from engines.words.model import TextFamily
from engines.words.reading import ATTACKS, TextKind
from tests.bench.words.fresh import called_by, read
from tests.bench.words.sets import HERE, LabelledText, fresh_texts

MOST, MOST_OF_A_GROUP = 0.03, 0.06  # of harmless sentences, and of those about one group, that may be listed
_SAFE = (*ATTACKS, "contact", "underage")


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((HERE / "fresh" / f"{name}.toml").read_text(encoding="utf-8"))


def groups(name: str) -> Sequence[str]:
    """Return the groups of whom each sentence of a set is asked."""
    return cast(Sequence[str], _table(name)["groups"])


@cache
def listed(name: str, part: str) -> NDArray[np.bool_]:
    """Return whether each sentence (row) of a set is listed as an attack for each group (column)."""
    sentences = [sentence for said in _table(name)[part].values() for sentence in said]
    texts = [
        LabelledText("kept", "comment", _said(sentence, group), frozenset())
        for sentence in sentences
        for group in groups(name)
    ]
    return called_by(read(texts), ATTACKS).reshape(len(sentences), len(groups(name)))


def _said(sentence: str, group: str) -> str:
    return sentence.replace("{g}", group).replace("{x}", group).replace("{X}", group[0].upper() + group[1:])


def is_open(name: str, part: str) -> NDArray[np.bool_]:
    """Return whether each sentence of a set but the first was looked at while the reader was mended."""
    return np.array([at % 2 == 0 for said in _table(name)[part].values() for at in range(len(said))])


def shapes_table(name: str) -> str:
    """Return a Markdown table: how much of each shape of a set is listed, all groups together."""
    lines = ["| shape | sentences | listed |", "|---|---|---|"]
    for part, wanted in (("harmless", "should be none"), ("hateful", "should be all")):
        called, at = listed(name, part), 0
        for kind, said in _table(name)[part].items():
            lines.append(_row(f"{part}: {kind.replace('_', ' ')}", called[at : at + len(said)]))
            at += len(said)
        if name != "shapes":
            lines.append(_row(f"{part}, looked at", called[is_open(name, part)]))
            lines.append(_row(f"{part}, only measured", called[~is_open(name, part)]))
        lines.append(_row(f"all {part} ({wanted})", called))
    return "\n".join(lines)


def _row(title: str, called: NDArray[np.bool_]) -> str:
    return f"| {title} | {called.size} | {called.mean():.3f} |"


def groups_table() -> str:
    """Return a Markdown table: how much of the second set is listed of each group, with 95 % intervals (Wilson)."""
    lines = ["| group | harmless, listed | hateful, listed |", "|---|---|---|"]
    for at, group in enumerate(groups("kinds")):
        cells = (_with_interval(listed("kinds", part)[:, at]) for part in ("harmless", "hateful"))
        lines.append(f"| {group} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _with_interval(called: NDArray[np.bool_]) -> str:
    count, share, z = len(called), float(called.mean()), 1.96
    middle, half = share + z * z / 2 / count, z * (share * (1 - share) / count + (z / 2 / count) ** 2) ** 0.5
    low, high = (max(0.0, (middle + side * half) / (1 + z * z / count)) for side in (-1, 1))
    return f"{share:.3f} ({low:.2f} to {high:.2f})"


def twins_table(name: str) -> str:
    """Return a Markdown table: cruel sentences found, and their kind twins wrongly listed, by kind."""
    with (HERE / "fresh" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cruel = read([LabelledText("kept", cast(TextKind, kind), text, frozenset()) for _, kind, _, text, _ in rows])
    kind = read([LabelledText("kept", cast(TextKind, kind), text, frozenset()) for _, kind, _, _, text in rows])
    cases = np.array([row[0] for row in rows])
    found = {is_listed: _found(rows, cruel, listed=is_listed) for is_listed in (True, False)}
    wrong = called_by(kind, _SAFE)
    lines = ["| kind | pairs | listed | listed or to be read | twin listed |", "|---|---|---|---|---|"]
    for case in dict.fromkeys([*cases, *(row[0].partition(":")[0] for row in rows), "all"]):
        chosen = (cases == case) | np.char.startswith(cases, f"{case}:") | (case == "all")
        counts = (chosen, found[True] & chosen, found[False] & chosen, wrong & chosen)
        lines.append(f"| {case} | {' | '.join(str(int(count.sum())) for count in counts)} |")
    return "\n".join(lines)


def told_table(name: str) -> str:
    """Return a Markdown table: of a fresh author's texts, by family and harmless, how many were told of."""
    texts = fresh_texts(name)
    readings = read(texts)
    listed_ones, told = (called_by(readings, ATTACKS, listed=is_listed) for is_listed in (True, False))
    lines = ["| texts | there | listed | left to a person | silent |", "|---|---|---|---|---|"]
    for title in ("threat", "allegation", "abuse", "hate", "harmless"):
        chosen = np.array([title in text.labels if title != "harmless" else not text.labels for text in texts])
        counts = (chosen, chosen & listed_ones, chosen & told & ~listed_ones, chosen & ~told)
        lines.append(f"| {title} | {' | '.join(str(int(count.sum())) for count in counts)} |")
    return "\n".join(lines)


def _found(
    rows: Sequence[Sequence[str]], readings: Sequence[tuple[TextFamily, ...]], *, listed: bool
) -> NDArray[np.bool_]:
    return np.array(
        [called_by([reading], _wanted(row), listed=listed)[0] for row, reading in zip(rows, readings, strict=True)]
    )


def _wanted(row: Sequence[str]) -> tuple[str, ...]:
    """Return the families of which one must be told: the label, or for an attack any; grooming may be called either."""
    if row[2] == "underage":
        return ("underage",)
    return ("contact", *(ATTACKS if row[0] == "grooming" else ())) if row[2] == "contact" else ATTACKS
