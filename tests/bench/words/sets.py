"""The labelled texts: those written for this program, and the public sets that lie beside it."""

import csv
import gzip
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import cast

from engines.words.abuse.abusive import with_groups
from engines.words.abuse.targets import GROUP
from engines.words.learned.features import feature_rows
from engines.words.reading import ATTACKS, FAMILIES, TextKind
from engines.words.signs import as_read, signs_of

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 15)  # the day at which the ages of profiles are counted
PUBLIC = Path("../shared/dev/words")
_CHOICE = re.compile(r"\[([^\]]*)\]")
_CHOICES = 12  # of each shape
_SAMPLED = 60  # each so manyth text is read for the digest of what the weights were made from
_ANYBODY = re.compile(
    r"(?<![\w'-])(?:pupils|students|parents|families|children|kids|everyone|everybody|people|staff|volunteers|visitors|"
    r"teachers|neighbours|lads|mums|dads|friends|fans|guests|residents|players|boys)(?![\w-])"
)
_SHUTTING_OUT = re.compile(
    r"(?i)(?<![\w'])(?:no|not|never|only|should|out|without|ban\w*|stop|too|hate|sick of|all)(?!\w)|n't"
)
ATTACKS_ALONE = ("rae", "uma", "yas")  # their labels tell attacks only, most of them hinted
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


def hatemoji(part: str) -> list[LabelledText]:
    """Return a part of HatemojiBuild (CC BY 4.0), `train` or `validation`: texts that mislead models, and their twins.

    What is not hate there may still abuse somebody, on which its labels say nothing.
    """
    with gzip.open(PUBLIC / "hatemoji.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == part]
    threat = "threateninglanguage"
    return [
        LabelledText(
            "hatemoji",
            "comment",
            row["text"],
            frozenset(() if row["label"] == "neither" else ("hate", "threat") if row["kind"] == threat else ("hate",)),
        )
        for row in rows
    ]


def contrast() -> list[LabelledText]:
    """Return kind and hateful sentences about groups, made of the shapes of `contrast.toml`; always the same ones."""
    table = tomllib.loads((HERE / "contrast.toml").read_text(encoding="utf-8"))
    groups = cycle(table["groups"])
    made = [
        LabelledText("contrast", "comment", text, _contrast_labels(part, name), case=f"{part} {name} {at}")
        for part in ("harmless", "hateful", "threat", "allegation")
        for name, shapes in table[part].items()
        for at, shape in enumerate(shapes)
        for text in sorted({_said(shape, next(groups), choice) for choice in range(_CHOICES)})
    ]
    return list({text.text.casefold(): text for text in made}.values())


def regrouped() -> list[LabelledText]:
    """Return the harmless texts that speak of people of no group, with the name of a group in that place.

    They are still their authors', so that whoever is left out is left out with these.
    """
    spoken = [
        text
        for text in written_texts()
        if text.kind != "bio"
        and not text.labels
        and _ANYBODY.search(text.text)
        and not _SHUTTING_OUT.search(text.text)
        and GROUP not in with_groups(text.text).text
    ]
    groups = cycle(tomllib.loads((HERE / "contrast.toml").read_text(encoding="utf-8"))["groups"])
    return [
        LabelledText(text.author, text.kind, _ANYBODY.sub(group, text.text, count=1), text.labels, text.unsure)
        for text, group in zip(spoken, groups, strict=False)
    ]


def made_from() -> str:
    """Return a digest of what is written for the weights to learn from, and of what the program sees in a part of it.

    It changes with a text, a label, a shape, and with most changes of a rule, a list or a feature.
    """
    texts = [*written_texts(), *contrast()]
    digest = hashlib.sha256("\n".join(f"{text.kind} {text.text} {sorted(text.labels)}" for text in texts).encode())
    seen = [text for text in texts if text.kind != "bio"][::_SAMPLED]
    read = [as_read(text.text, signs_of(text.text, text.kind)) for text in seen]
    digest.update(feature_rows(read).columns.tobytes())
    return digest.hexdigest()


def _contrast_labels(part: str, name: str) -> frozenset[str]:
    if part == "hateful":
        return frozenset(("hate", "threat") if name == "threat" else ("hate",))
    return frozenset(() if part == "harmless" else (part,))


def _said(shape: str, group: str, choice: int) -> str:
    drawn = Random(f"{shape} {choice}")
    return _CHOICE.sub(lambda words: drawn.choice(words[1].split("|")), shape).replace("{g}", group).strip()


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
    """Return what labels do not tell: of the first texts hatred from slurs, and allegations from abuse."""
    if author in ATTACKS_ALONE:
        return frozenset(name for names in FAMILIES.values() for name in names if name not in ATTACKS)
    if author != "first":
        return frozenset()
    return frozenset(
        (*(("hate", "slur") if "slur" in labels else ()), *(("abuse", "allegation") if "abuse" in labels else ()))
    )
