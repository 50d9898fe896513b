"""Compares a pack with the text that it was made from: which clauses are stale, and which sentences no clause knows.

A clause is tied to the sentence that it paraphrases by the sentence's hash, never its words: the policy's text stays
with the school. Whoever has it can show, sentence by sentence, what a pack was made from.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from policies.documents import Document
from policies.guesses import ANSWER
from policies.model import Pack

_BULLET = re.compile(r"^(?:[-\u2013\u2022*]|\d{1,2}[.)]|\(?[ivx]{1,4}[.)])\s+")
_END = re.compile(rf"(?<=[.?!])\s+(?=[\"'\u201c\u2018(]?[A-Z])(?:(?<![?]\s)|(?!{ANSWER}))")
_ANSWERS = re.compile(rf"(?:[-\u2013\u2022*]\s+)?(?:A\s*[:.]\s*)?(?={ANSWER})")


@dataclass(frozen=True, slots=True)
class PackComparison:
    """What came of it. `stale` are ids of clauses; `unmapped` are sentences by number, from 1; so are `empty_pages`."""

    file_name: str
    sentences: int
    stale: frozenset[str]
    unmapped: tuple[int, ...]
    empty_pages: tuple[int, ...] = ()

    def why_stale(self) -> str:
        """Return the sentence that a stale clause gives."""
        return (
            f"Its sentence is no longer in {self.file_name} as the pack has it; read the new text and map the clause "
            "again."
        )

    def remarks(self) -> list[str]:
        """Return what a reader should know of the text beyond the clauses, a sentence each."""
        said = []
        if self.unmapped:
            are = "sentence of the text is" if len(self.unmapped) == 1 else "sentences of the text are"
            said.append(f"{len(self.unmapped)} {are} mapped to no clause: {listed(self.unmapped)}.")
        if self.empty_pages:
            said.append(f"These pages of {self.file_name} hold no text and were not read: {listed(self.empty_pages)}.")
        return said


def listed(numbers: Iterable[int]) -> str:
    """Return numbers with commas between."""
    return ", ".join(map(str, numbers))


def compare(pack: Pack, document: Document) -> PackComparison:
    """Return how the pack and the text that it should be made from agree."""
    hashes = [sha256_of(sentence) for sentence in sentences(document.text)]
    present = set(hashes)
    mapped = {clause.source_sha256 for clause in pack.clause} | set(pack.background)
    return PackComparison(
        document.name,
        len(hashes),
        frozenset(c.id for c in pack.clause if c.source_sha256 is not None and c.source_sha256 not in present),
        tuple(number for number, sha256 in enumerate(hashes, start=1) if sha256 not in mapped),
        document.empty_pages,
    )


def sentences(text: str) -> list[str]:
    """Return the policy's sentences in order: split at lines and sentence ends, bullets dropped, spaces folded.

    A question and the yes or no that answers it are one sentence, on one line or on two.
    """
    lines = (_BULLET.sub("", line) for line in folded_lines(text))
    return [sentence for line in lines for sentence in _END.split(line) if sentence]


def folded_lines(text: str) -> list[str]:
    """Return the lines of a text folded, each question with the yes or no that answers it on the next line."""
    lines: list[str] = []
    asks: int | None = None
    for line in map(fold, text.splitlines()):
        if asks is not None and (answer := _ANSWERS.match(line)):
            lines[asks] += f" {line[answer.end() :]}"
            asks = None
        elif line:
            lines.append(line)
            asks = len(lines) - 1 if line.endswith("?") else None
        else:
            lines.append(line)
    return lines


def fold(sentence: str) -> str:
    """Return the sentence with every run of white space as one space, and stripped."""
    return " ".join(sentence.split())


def sha256_of(sentence: str) -> str:
    """Return the SHA-256 of the folded sentence, as 64 hexadecimal digits."""
    return hashlib.sha256(fold(sentence).encode()).hexdigest()
