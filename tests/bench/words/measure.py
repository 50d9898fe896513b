"""How well the rule lists read the labelled posts, comments and profiles, beside a plain search for words.

A text belongs to the tune part when the SHA-256 of its id begins with an even digit, and to the test part otherwise.
Texts whose id begins with `second` are all of the tune part. Those whose id begins with `blind` or `third` are a third
part: no rule was changed on their account.
"""

import hashlib
import json
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from engines.words.reading import TextKind
from engines.words.signs import signs_of

HERE = Path(__file__).parent
PARTS: tuple["Part", ...] = ("tune", "test", "blind")
_LABEL = {"hate": "slur", "allegation": "abuse"}  # which these texts do not tell apart
PART_OF_BATCH: dict[str, "Part"] = {"second": "tune", "blind": "blind", "third": "blind"}
# What is read in each kind of text: the school's own posts, other people's comments, and followers' profiles.
FAMILIES = {
    "post": frozenset(
        ("contact", "partisan", "religious", "commercial", "personal", "staff_detail", "threat", "slur", "abuse")
    ),
    "comment": frozenset(("contact", "threat", "slur", "abuse")),
    "bio": frozenset(("underage",)),
}
Part = Literal["tune", "test", "blind"]
Reader = Callable[["Item"], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled text; `labels` are the families that ought to be found in it."""

    id: str
    kind: TextKind
    text: str
    labels: frozenset[str]

    @property
    def batch(self) -> str:
        """Name the batch in which it was written, as its id begins."""
        return self.id.rstrip("0123456789").rstrip("-")

    @property
    def part(self) -> Part:
        """Say which part it belongs to; rules may be tuned on the tune part alone."""
        if self.batch in PART_OF_BATCH:
            return PART_OF_BATCH[self.batch]
        return "test" if int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) % 2 else "tune"


@dataclass(frozen=True, slots=True)
class Score:
    """How often a family was rightly found, wrongly found and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is rightly so."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class PartScores:
    """The scores of one part by family, `all` among them: ours and the plain search's."""

    part: Part
    items: int
    ours: Mapping[str, Score]
    plain_search: Mapping[str, Score]


@cache
def items() -> tuple[Item, ...]:
    """Return the labelled set."""
    rows = (json.loads(line) for line in (HERE / "posts.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(Item(row["id"], row["kind"], row["text"], frozenset(row["labels"])) for row in rows)


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def read_by_ours(item: Item) -> frozenset[str]:
    """Return the families that the rule lists find, by the labels of the first texts."""
    school = _table("school")
    found = signs_of(item.text, item.kind, names=school["names"], official=school["official"], as_of=school["as_of"])
    return frozenset(_LABEL.get(family, family) for family in found)


def read_by_plain_search(item: Item) -> frozenset[str]:
    """Return the families one of whose words stands anywhere in the text."""
    text = item.text.lower()
    return frozenset(
        name
        for name, words in _table("keywords").items()
        if name in FAMILIES[item.kind] and any(w in text for w in words)
    )


@cache
def measure() -> tuple[PartScores, ...]:
    """Return the scores of the tune part, of the test part and of the blind part."""
    made = []
    for part in PARTS:
        chosen = [item for item in items() if item.part == part]
        made.append(PartScores(part, len(chosen), _scores(chosen, read_by_ours), _scores(chosen, read_by_plain_search)))
    return tuple(made)


def measure_batch(batch: str) -> Score:
    """Return our score, of all families together, on the texts that were written in one batch."""
    return _scores([item for item in items() if item.batch == batch], read_by_ours)["all"]


def _scores(chosen: Iterable[Item], reader: Reader) -> dict[str, Score]:
    read = [(item.labels, reader(item)) for item in chosen]
    families = sorted({name for names in FAMILIES.values() for name in names})
    scores = {name: _score(read, frozenset({name})) for name in families}
    return scores | {"all": _score(read, frozenset(families))}


def _score(read: list[tuple[frozenset[str], frozenset[str]]], families: frozenset[str]) -> Score:
    return Score(
        right=sum(len(labels & found & families) for labels, found in read),
        wrong=sum(len((found - labels) & families) for labels, found in read),
        missed=sum(len((labels - found) & families) for labels, found in read),
    )


def table(measured: PartScores) -> list[str]:
    """Return one part's figures as lines of a Markdown table."""
    head = f"| {measured.part} part, {measured.items} texts | there | found | precision | recall "
    lines = [
        f"{head}| plain search: precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, ours in measured.ours.items():
        theirs = measured.plain_search[name]
        lines.append(
            f"| {name} | {ours.right + ours.missed} | {ours.right + ours.wrong} | {ours.precision:.3f} "
            f"| {ours.recall:.3f} | {theirs.precision:.3f} | {theirs.recall:.3f} |"
        )
    return lines


def speed_ratio() -> float:
    """Return how many times as long as the plain search our reading takes, over the whole set in one run."""
    seconds = []
    for reader in (read_by_ours, read_by_plain_search):
        begun = time.perf_counter()
        for item in items():
            reader(item)
        seconds.append(time.perf_counter() - begun)
    return seconds[0] / seconds[1]


def bench_words() -> None:
    """Print the figures of both parts and the ratio of speed."""
    for measured in measure():
        print("\n".join(table(measured)), end="\n\n")
    print(f"Our reading takes {speed_ratio():.0f} times as long as the plain search.")


if __name__ == "__main__":
    bench_words()
