"""Sentences that other schools' packs map, known by their words, whatever the school calls itself.

A policy's words stay with its school: what ships, in `known.toml`, is a hash of each mapped sentence's words beside the
hash by which its pack knows it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from policies.coverage import sha256_of
from policies.draft import Sentence
from policies.model import Clause, Pack, load_pack
from policies.toml_text import packaged_toml

Known = Mapping[str, Sequence[tuple[str, Clause]]]  # by the key of a sentence: pack and clause, each that maps it

_HEX = 16
_LABEL = re.compile(r"^[\W_]*(?:(?:\d{1,2}(?:\.\d{1,2})*|\(?(?:[a-z]|[ivx]{1,4})\))[.)]?\s+)?")
_SCHOOL = re.compile(r"\b(?:(?:the|our|this|your) )?(?:school|academy|federation|trust|college)(s?)\b")
_SCHOOLS = re.compile(r"\b(?:school|academie|federation|trust|college)s\b")


def key_of(sentence: Sentence) -> str:
    """Return 16 hexadecimal digits of a sentence's words, with its lead-in's; label, signs and kind of school aside."""
    said = _LABEL.sub("", re.sub("['\u2018\u2019]s?\\b", "s", sentence.whole.lower()))
    words = " ".join(re.findall(r"[^\W_]+", said))
    alike = _SCHOOL.sub("school", _SCHOOLS.sub("schools", words))
    return hashlib.sha256(alike.encode()).hexdigest()[:_HEX]


def keys_of(pack: Pack, sentences: Iterable[Sentence]) -> list[str]:
    """Return `KEY SOURCE` for each of a policy's sentences that its pack maps, as `known.toml` holds them."""
    sources = {clause.source_sha256 for clause in pack.clause}
    made = ((key_of(one), sha256_of(one.text)) for one in sentences)
    return list(dict.fromkeys(f"{key} {source[:_HEX]}" for key, source in made if source in sources))


def mapped_by(packs: Iterable[tuple[Pack, Sequence[str]]]) -> Known:
    """Return which clauses of these packs map a sentence, each pack with what `keys_of` made of it."""
    known: dict[str, list[tuple[str, Clause]]] = {}
    for pack, pairs in packs:
        keys = {source: key for key, _, source in (pair.partition(" ") for pair in pairs)}
        for clause in pack.clause:
            if key := keys.get(str(clause.source_sha256)[:_HEX]):
                known.setdefault(key, []).append((pack.id, clause))
    return known


@cache
def known_sentences(*, without: str | None = None) -> Known:
    """Return which clauses of the packs that ship map a sentence, but for one pack that is left out."""
    shipped = packaged_toml("policies.drafting", "known.toml")
    return mapped_by((load_pack(name), pairs) for name, pairs in shipped.items() if name != without)
