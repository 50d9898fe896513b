"""Puts words right that are behind stars, misspelt, joined or parted, where one of them is to be looked out for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from symspellpy import SymSpell, Verbosity

from engines.text.latin import english_words
from engines.text.normalised import NormalisedText, Span
from engines.words.learned.lexicon import lexicon
from engines.words.rules.rule_lists import phrase_lists

_MASKED = re.compile(r"(?<![\w*])[a-z]{1,8}\*{1,8}[a-z]{0,8}(?![\w*])")
_FOUL = ("fuck", "fucking", "shit", "bastard", "bitch", "wanker", "prick", "cunt")


def unmask(normalised: NormalisedText) -> NormalisedText:
    """Return the text with each starred word written out, where it fits a word of our lists letter by letter."""
    if "*" not in normalised.text:
        return normalised
    return NormalisedText(_MASKED.sub(_written_out, normalised.text), normalised.origins)


def _written_out(match: re.Match[str]) -> str:
    masked = match[0]
    for word in _by_length()[len(masked)]:
        if all(a in ("*", b) for a, b in zip(masked, word, strict=True)):
            return word
    return masked


@cache
def _by_length() -> defaultdict[int, list[str]]:
    words: defaultdict[int, list[str]] = defaultdict(list)
    slurs = phrase_lists("slurs")
    for word in (*_FOUL, *phrase_lists("insults")["foul"], *slurs["word"], *slurs["two_faced"]):
        if " " not in word:
            words[len(word)].append(word)
    return words


_WORD = re.compile(r"(?<![\w@#./'-])[a-z]{4,40}(?![\w@./-])")
_PARTED = re.compile(r"(?<!\w)[a-z](?:[ .*_-]{1,2}[a-z](?!\w)){2,60}")
# Digits and signs at the edge of a word may also be a number; within a word they are read as letters anyhow.
_EDGED = re.compile(r"(?<![\w@#$./:-])(?=[a-z0-9@$!]*[a-z])(?=[a-z0-9@$!]*[0-9@$!])[a-z0-9@$!]{2,20}(?![\w@$./-])")
_EDGE = re.compile(r"[a-z][0-9$]|[0-9$][a-z]")
_LETTERS = str.maketrans("4310571@$!", "aelostiasi")
_EDGED_SHORT = frozenset({"go", "die", "dies", "kys", "ass", "fat", "hoe", "sex", "rape", "gay"})
_SHORT_WORD = re.compile(r"(?<![\w'])[a-z]{1,8}(?![\w'])")
_FRAGMENT = re.compile(r"(?<![\w'])[a-z]{1,4}(?![\w'])")
_SHORTEST_MISSPELT, _SHORTEST_JOINED, _SURE = 5, 7, "3"
_CLASSES = ("SLUR", "INSULT", "VERMIN", "DEATH", "HARM", "BAD", "DISGUST", "HATRED", "SWEAR", "SHUTOUT")


def respelled(normalised: NormalisedText) -> NormalisedText:
    """Return the text with such words written as they are spelt."""
    changes = [*_sounded(normalised.text), *_changes(normalised.text)]
    return normalised.rewritten(changes) if changes else normalised


def _sounded(text: str) -> Iterator[tuple[Span, str]]:
    return ((match.span(), _sounds()[1][match[0]]) for match in _sounds()[0].finditer(text))


@cache
def _sounds() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the words that are written as they sound, and what each stands for."""
    plainly = dict(pair.split(" ", 1) for pair in phrase_lists("frame")["sounds"])
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(sorted(plainly))})(?![\w'-])"), plainly


def _changes(text: str) -> Iterator[tuple[Span, str]]:
    for match in _EDGED.finditer(text) if _EDGE.search(text) else ():
        for word in (match[0].translate(_LETTERS), match[0].replace("1", "l").translate(_LETTERS)):
            if word in _EDGED_SHORT or word in _words() or _is_sure(word):
                yield match.span(), word
                break
    if any(_is_fragment(piece) for piece in _FRAGMENT.findall(text)):
        yield from _torn(text)
    for match in _PARTED.finditer(text):
        if (written := _parted(re.sub(r"[^a-z]", "", match[0]))) is not None:
            yield match.span(), written
    if any(_written(word) is not None for word in _WORD.findall(text)):
        for match in _WORD.finditer(text):
            if (written := _written(match[0])) is not None:
                yield match.span(), written


def _torn(text: str) -> Iterator[tuple[Span, str]]:
    """Yield what pieces of words make when put together, such as two words cut in the wrong places."""
    words = [match.span() for match in _SHORT_WORD.finditer(text)]
    is_torn = [_is_fragment(text[start:end]) for start, end in words]
    at = 0
    while at < len(words):
        taken = 1
        if not any(is_torn[at : at + 4]):
            at += 1
            continue
        for count in (4, 3, 2):
            chosen = words[at : at + count]
            pieces = [text[start:end] for start, end in chosen]
            is_near = len(chosen) == count and all(text[a[1] : b[0]] == " " for a, b in pairwise(chosen))
            if is_near and any(is_torn[at : at + count]) and (written := _when_joined().get("".join(pieces))):
                yield (chosen[0][0], chosen[-1][1]), written
                taken = count
                break
        at += taken


@cache
def _when_joined() -> dict[str, str]:
    """Return how words to look out for are written, alone and with what often follows, by their letters alone."""
    after = ("off", "you", "up", "u", "yourself", "urself", "it")
    followed = {word + end: f"{word} {end}" for word in (*_FOUL, "piss", "kill", "hang", "shut") for end in after}
    return {word: word for word in (*_words(), *_FOUL, "piss")} | followed


@lru_cache(maxsize=1 << 14)
def _is_fragment(piece: str) -> bool:
    """Say whether these few letters are no word by themselves; a single letter may be, as people write."""
    is_word = piece in _frequencies().words or piece in lexicon() or piece in phrase_lists("frame")["texting"]
    return len(piece) > 1 and not is_word


def _is_sure(word: str) -> bool:
    return any(code.startswith(_CLASSES) and code.endswith(_SURE) for code in lexicon().get(word, ()))


@lru_cache(maxsize=1 << 16)
def _written(word: str) -> str | None:
    if word in _words() or word in _frequencies().words or word in phrase_lists("frame")["texting"]:
        return None
    if lexicon().get(word):
        return None
    is_long = len(word) >= _SHORTEST_MISSPELT
    if is_long or tuple(sorted(word)) in _short():
        close = _targets().lookup(word, Verbosity.CLOSEST, max_edit_distance=1)
        if close and close[0].distance == 1 and (is_long or sorted(close[0].term) == sorted(word)):
            return str(close[0].term)
    return _parted(word) if len(word) >= _SHORTEST_JOINED else None


def _parted(letters: str) -> str | None:
    """Return the words that letters without spaces make, when one of them is to be looked out for."""
    if letters in _words() or _is_sure(letters):
        return letters
    parts = _frequencies().word_segmentation(letters, max_edit_distance=0).corrected_string.split()
    is_known = all(part in _frequencies().words and (len(part) > 1 or part in "aiu") for part in parts)
    is_sought = len(parts) <= len(letters) / 3 + 1 and any(
        part in _words() or part in ("die", "kys", "piss") for part in parts
    )
    return " ".join(parts) if is_known and is_sought else None


@cache
def _words() -> frozenset[str]:
    """Return the words to look out for: those of groups and hatred, and those always meant as insults or harm."""
    groups = phrase_lists("groups")
    named = {
        word for name in ("plural", "singular", "adjective", "people") for term in groups[name] for word in term.split()
    }
    sure = {
        term
        for term, codes in lexicon().items()
        if codes[0].startswith(_CLASSES) and (codes[0].endswith(_SURE) or codes[0] == "HATRED") and " " not in term
    }
    return frozenset(word for word in named | sure if word.isalpha() and word.isascii() and len(word) >= 4)


@cache
def _short() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(sorted(word)) for word in _words() if len(word) < _SHORTEST_MISSPELT)


@cache
def _targets() -> SymSpell:
    targets = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
    for word in sorted(_words()):
        targets.create_dictionary_entry(word, max(1, _frequencies().words.get(word, 1)))
    return targets


@cache
def _frequencies() -> SymSpell:
    """Return our words beside English ones, with how often each is used.

    SymSpell's own way in files each word under what is left of it without some letters, which takes most of a second;
    here no word is looked up but as it stands.
    """
    counts = Counter(dict.fromkeys(_words(), 100_000))
    counts.update(english_words())
    frequencies = SymSpell(max_dictionary_edit_distance=0, prefix_length=7)
    longest = max(counts, key=len)
    frequencies.create_dictionary_entry(longest, counts[longest])  # it asks for no word longer than those filed
    frequencies.words.update(counts)
    return frequencies
