"""What the learned score sees of a text: its words, and the grammar of its words' classes.

Every feature is a number below BUCKETS, made by hashing (Weinberger and others, ICML 2009): two that fall together
share a weight. Each block of features has length one, so that a long text counts no more than a short one.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engines.words.learned.lexicon import LONGEST_TERM, begins_terms, lexicon, plain_words

BUCKETS = 1 << 18
_TOKEN = re.compile(r"@\w+|https?://\S+|[\w']+|[^\w\s\U0001F3FB-\U0001F3FF]")  # the tone of a skin is no word
_CAPITALS, _LETTERS = 0.7, 12  # the share of capitals in a text in capitals, of more letters than these
_LONGEST = 120  # tokens that are looked at; what follows in a longer text is read by the rules alone
_MIX = np.uint64(0x9E3779B97F4A7C15)
Ids = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """The features of several texts as the rows of a sparse matrix: `starts` has one entry more than there are rows."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as it is scored: its plain form with groups marked, and what the rules and its look tell (`facts`)."""

    marked: str
    facts: tuple[str, ...]


def look_of(text: str) -> list[str]:
    """Return how a text looks: whether it is in capitals, and whether it is shouted."""
    letters = [letter for letter in text if letter.isalpha()]
    is_in_capitals = len(letters) > _LETTERS and sum(map(str.isupper, letters)) > _CAPITALS * len(letters)
    return ["capitals"] * is_in_capitals + ["shouted"] * ("!!" in text)


def feature_rows(texts: Sequence[ReadText]) -> FeatureRows:
    """Return the features of each text."""
    words, codes, contents = _Runs(), _Runs(), _Runs()
    facts = _Runs()
    for text in texts:
        tokens = _TOKEN.findall(text.marked)[:_LONGEST]
        words.add([_hash(token) for token in tokens])
        coded = _coded(tokens)
        codes.add([_hash("^"), *(_hash(code) for code in coded), _hash("$")])
        contents.add([_hash(code) for code in coded if code.isupper() and code not in ("USER", "NUMBER")])
        facts.add([_hash(fact) for fact in text.facts])
    blocks = [
        words.grams(1, 2),
        [*codes.grams(1, 4), codes.skipped()],
        [*contents.grams(2, 3), contents.skipped()],
        facts.grams(1, 1),
    ]
    return _joined(blocks, len(texts))


def _coded(tokens: Sequence[str]) -> list[str]:
    """Return the classes of the words; a word without one is `x`, and several of these in a row are one."""
    codes: list[str] = []
    at = 0
    while at < len(tokens):
        length, code = _longest(tokens, at)
        if code != "x" or not codes or codes[-1] != "x":
            codes.append(code)
        at += length
    return codes


def _longest(tokens: Sequence[str], at: int) -> tuple[int, str]:
    if tokens[at] in begins_terms():
        for length in range(min(LONGEST_TERM, len(tokens) - at), 1, -1):
            if found := lexicon().get(" ".join(tokens[at : at + length])):
                return length, found[0]
    return 1, _code(tokens[at])


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> str:
    if found := lexicon().get(word) or lexicon().get(word.strip("'")):
        return found[0]
    if word[0] == "@":
        return "USER"
    if word.isdigit():
        return "NUMBER"
    if word[0].isalnum():
        return word if word in plain_words() else "x"
    return word if not word.isascii() or word in '?!."' else ","


@lru_cache(maxsize=1 << 17)
def _hash(token: str) -> int:
    return zlib.crc32(token.encode("utf-8", "surrogatepass"))


class _Runs:
    """The hashes of several texts one after the other, from which those of their n-grams are made all at once."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._lengths: list[int] = []

    def add(self, ids: Sequence[int]) -> None:
        """Append one text."""
        self._ids += ids
        self._lengths.append(len(ids))

    def grams(self, shortest: int, longest: int) -> list[tuple[Ids, NDArray[np.int64]]]:
        """Return, for each length, the hashes of the n-grams and the row of each."""
        ids, rows = self._arrays()
        made, grams = [], ids
        for length in range(1, longest + 1):
            if length > 1:
                grams = grams[:-1] * _MIX ^ ids[length - 1 :]
            inside = rows[: len(grams)] == rows[length - 1 :]
            if length >= shortest:
                made.append((grams[inside] + np.uint64(length), rows[: len(grams)][inside]))
        return made

    def skipped(self) -> tuple[Ids, NDArray[np.int64]]:
        """Return the pairs that have one token between them."""
        ids, rows = self._arrays()
        pairs = ids[:-2] * _MIX ^ ids[2:]
        inside = rows[:-2] == rows[2:]
        return pairs[inside] + np.uint64(99), rows[:-2][inside]

    def _arrays(self) -> tuple[Ids, NDArray[np.int64]]:
        ids = np.asarray(self._ids, dtype=np.uint64)
        return ids, np.repeat(np.arange(len(self._lengths)), self._lengths)


_SCALES = (1.5, 1.0, 0.6, 0.7)  # of the blocks: words, grammar, grammar of the telling words, facts


def _joined(blocks: Sequence[Sequence[tuple[Ids, NDArray[np.int64]]]], count: int) -> FeatureRows:
    keys, values = [], []
    for at, block in enumerate(blocks):
        hashed = np.concatenate([ids for ids, _ in block]) * _MIX + np.uint64(at)
        columns = ((hashed ^ (hashed >> np.uint64(29))) * _MIX >> np.uint64(46)).astype(np.int64)
        rows = np.concatenate([rows for _, rows in block])
        unique = np.unique(rows * BUCKETS + columns)
        sizes = np.bincount(unique // BUCKETS, minlength=count)
        keys.append(unique)
        values.append(_SCALES[at] / np.sqrt(sizes[unique // BUCKETS]))
    key, value = np.concatenate(keys), np.concatenate(values)
    order = np.argsort(key, kind="stable")
    key, value = key[order], value[order]
    starts = np.searchsorted(key // BUCKETS, np.arange(count + 1))
    return FeatureRows(starts, key % BUCKETS, value.astype(np.float32))
