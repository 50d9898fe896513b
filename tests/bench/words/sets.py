"""The labelled texts: those written for this program, and the public sets that lie beside it."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from engines.words.reading import TextKind

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 15)  # the day at which the ages of profiles are counted
PUBLIC = Path("../shared/dev/words")
# Whose texts imitate a school's own page; the others write as people do elsewhere, or to test a reader.
SCHOOL_AUTHORS = frozenset(("first", "ann", "ben", "dee", "fay", "hal", "ivy", "pat", "short"))


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with the families that a person would find in it.

    `unsure` are families on which its labels say nothing, as they were made before these were told apart.
    """

    author: str
    kind: TextKind
    text: str
    labels: frozenset[str]
    unsure: frozenset[str] = frozenset()
    case: str = ""

    @property
    def is_school(self) -> bool:
        """Say whether it imitates what stands on a school's page."""
        return self.author in SCHOOL_AUTHORS


@cache
def written_texts() -> tuple[LabelledText, ...]:
    """Return the texts written for this program: `texts/`, one file per author, and the first ones in `posts.jsonl`."""
    texts = [text for path in sorted(HERE.joinpath("texts").glob("*.jsonl")) for text in _read(path, path.stem)]
    return (*texts, *_read(HERE / "posts.jsonl", "first"))


@cache
def fresh_texts(name: str) -> tuple[LabelledText, ...]:
    """Return texts by an author who had seen neither rules nor texts, and on which nothing is tuned.

    `school` imitates a school's feed; `functional` has a case for each kind by which readers of hate are tested.
    """
    return tuple(_read(HERE / "fresh" / f"{name}.jsonl", "eve"))


def davidson() -> list[LabelledText]:
    """Return the part of Davidson's tweets (MIT) that lies beside the project; an attack where hate or offensive."""
    return public_set("davidson")


def public_set(name: str) -> list[LabelledText]:
    """Return a public set; whatever its own labels call hate or offensive is labelled abuse.

    Raises FileNotFoundError where the sets do not lie beside the project.
    """
    with gzip.open(PUBLIC / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [
            LabelledText(name, "comment", row["text"], frozenset(() if row["label"] == "neither" else ("abuse",)))
            for row in csv.DictReader(file)
        ]


def _read(path: Path, author: str) -> Iterator[LabelledText]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = frozenset(row["labels"])
        unsure = _unsure(author, labels)
        yield LabelledText(author, cast(TextKind, row["kind"]), row["text"], labels, unsure, row.get("case", ""))


def _unsure(author: str, labels: frozenset[str]) -> frozenset[str]:
    """Return what the first texts do not tell apart: hatred from slurs, and allegations from abuse."""
    if author != "first":
        return frozenset()
    return frozenset(
        (*(("hate", "slur") if "slur" in labels else ()), *(("abuse", "allegation") if "abuse" in labels else ()))
    )
