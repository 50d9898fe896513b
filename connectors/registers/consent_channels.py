"""Where a pupil may be shown, as schools' exports say it: which channels a heading or a cell of consents is about.

A consent by channel is one text: `given;x=withdrawn` is given, but not for X. A heading that names no channel is about
every one. What a family has given for some places is not given for others; what it refused for some is refused there.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from connectors.registers.cells import UnreadableCellError, trimmed
from engines.text import fold, heading_key
from policies.toml_text import packaged_toml

GIVEN, WITHDRAWN, EVERYWHERE = "given", "withdrawn", ""
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = packaged_toml("connectors.registers", "headers.toml")["consents"]
CHANNELS = tuple(_WORDS["channels"])
WORDS = _WORDS["words"]
_PICTURE, _FILLING = frozenset(WORDS["picture"]), frozenset(WORDS["filling"])
_DOUBTFUL, _REFUSING = frozenset(WORDS["doubtful"]), frozenset(WORDS["refusing"])
_BESIDE_REFUSAL = frozenset(WORDS["beside_refusal"])
_BY_WORDS = {tuple(fold(text).split()): names for names, texts in _WORDS["named"].items() for text in texts}
_LONGEST = max(map(len, _BY_WORDS))
_BETWEEN = re.compile(r"[;,|\r\n]")
_MEANT = re.compile(r"picture_consent:([\w, ]*)")

Answers = dict[str, str]  # by channel, and for every one under EVERYWHERE: given or withdrawn


class Kind(NamedTuple):
    """What a few words are about: channels, whether they speak of pictures, and the words that say neither."""

    channels: frozenset[str]
    is_of_pictures: bool
    rest: tuple[str, ...]


def kind_of(text: str) -> Kind:
    """Return what these words are about."""
    words, channels, rest, is_of_pictures, place = fold(trimmed(text)).split(), set[str](), [], False, 0
    while place < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if tuple(words[place : place + n]) in _BY_WORDS), 0)
        if size:
            channels.update(_BY_WORDS[tuple(words[place : place + size])].split())
        elif words[place] in _PICTURE:
            is_of_pictures = True
        elif words[place] not in _FILLING:
            rest.append(words[place])
        place += size or 1
    return Kind(frozenset(channels), is_of_pictures, tuple(rest))


def channels_of_heading(heading: str) -> frozenset[str]:
    """Return the channels that a heading is about, where it says of pictures and of them alone; none for any other."""
    kind = kind_of(heading)
    return kind.channels if kind.is_of_pictures and not kind.rest else frozenset()


def channels_of_mapping(column: str) -> frozenset[str] | None:
    """Return the channels in `picture_consent: website, press` of school.toml; None where it is no such text."""
    match = _MEANT.fullmatch(column)
    return frozenset(match[1].replace(",", " ").split()) if match else None


def mapped_channels(mapped: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the channels that school.toml says headings are about, by their keys."""
    found = {heading_key(heading): channels_of_mapping(column) for heading, column in mapped.items()}
    return {key: channels for key, channels in found.items() if channels is not None}


def answers_in(raw: str, simple: Callable[[str], str | None], *, is_list: bool = False) -> Answers:
    """Return what a cell says, by channel; unreadable where nobody can tell.

    `simple` reads a cell of one answer. In a list of kinds (`School Trips, Photograph - Website`), those that stand
    there are given; where the column `is_list` of all kinds, one without pictures gives none.
    """
    if is_list and not trimmed(raw):
        return {EVERYWHERE: WITHDRAWN}
    try:
        answer = simple(raw)
    except UnreadableCellError:
        return _of_list(raw, simple) if is_list else _by_kind(raw, simple, is_list=False)
    return {EVERYWHERE: answer} if answer else {}


def answers_by(kinds: str, answer: str | None) -> Answers:
    """Return what one answer says of kinds of consent; of what names no picture only a refusal counts."""
    answers: Answers = {}
    if answer is None:
        return answers
    for kind in kinds_in(kinds):
        if kind.is_of_pictures:
            is_plain = not _DOUBTFUL.intersection(kind.rest)
            merge(answers, dict.fromkeys(kind.channels or (EVERYWHERE,), answer if is_plain else WITHDRAWN))
        elif answer == WITHDRAWN and not kind.rest:
            merge(answers, dict.fromkeys(kind.channels, WITHDRAWN))
    return answers


def kinds_in(raw: str) -> list[Kind]:
    """Return what each part of a list is about."""
    return [kind_of(part) for part in _BETWEEN.split(raw) if trimmed(part)]


def _of_list(raw: str, simple: Callable[[str], str | None]) -> Answers:
    """Return what a list of all that is given says; where a part of it refuses channels, they are refused."""
    refused, kept = set[str](), []
    for part in filter(trimmed, _BETWEEN.split(raw)):
        kind = kind_of(part)
        is_refusal = _is_refusal(kind, simple)
        if is_refusal is None:
            return _unreadable(raw, simple)
        refused |= kind.channels if is_refusal else set()
        kept += [] if is_refusal else [part]
    answers = _by_kind(";".join(kept), simple, is_list=True)
    merge(answers, dict.fromkeys(refused, WITHDRAWN))
    return answers


def _is_refusal(kind: Kind, simple: Callable[[str], str | None]) -> bool | None:
    """Say whether a part of a list refuses channels; None where it may be a refusal, and nobody can tell of what."""
    rest = frozenset(kind.rest)
    if not rest or (kind.is_of_pictures and not kind.channels):
        return False
    try:
        meant = simple(" ".join(kind.rest))
    except UnreadableCellError:
        meant = None
    is_plain = meant == WITHDRAWN or bool(rest & _REFUSING and rest <= _REFUSING | _BESIDE_REFUSAL)
    if kind.channels and is_plain:
        return True
    is_doubtful = bool(rest & (_DOUBTFUL | _REFUSING)) if kind.channels else rest <= _DOUBTFUL | _REFUSING
    return None if meant != GIVEN and (is_plain or is_doubtful) and not kind.is_of_pictures else False


def _by_kind(raw: str, simple: Callable[[str], str | None], *, is_list: bool) -> Answers:
    kinds = kinds_in(raw)
    about = [kind for kind in kinds if kind.is_of_pictures or (kind.channels and not is_list)]
    said = {kind: simple(" ".join(kind.rest)) if kind.rest else None for kind in about}
    if is_list and not about:
        return {EVERYWHERE: WITHDRAWN}
    is_vague = not about or not all(len(word) > 1 for part in _BETWEEN.split(raw) for word in [trimmed(part)] if word)
    if is_vague or (any(said.values()) and (not all(said.values()) or len(about) < len(kinds))):
        return _unreadable(raw, simple)
    others = [kind for kind in kinds if kind not in said]
    if not is_list and others and not any(kind.is_of_pictures for kind in about):
        return _unreadable(raw, simple)
    if not is_list and any(_DOUBTFUL.intersection(kind.rest) for kind in others):
        return _unreadable(raw, simple)
    answers: Answers = {}
    for kind, answer in said.items():
        merge(answers, dict.fromkeys(kind.channels or (EVERYWHERE,), answer or GIVEN))
    if GIVEN in answers.values() and EVERYWHERE not in answers:
        answers = dict.fromkeys(CHANNELS, WITHDRAWN) | answers
    return answers


def _unreadable(raw: str, simple: Callable[[str], str | None]) -> Answers:
    simple(raw)  # says in its own words that it is not understood
    return {}


def merge(answers: Answers, more: Mapping[str, str]) -> None:
    """Add answers; of several about one channel the refusal counts."""
    for channel, answer in more.items():
        if answers.get(channel) != WITHDRAWN:
            answers[channel] = answer


def lists_kinds(cells: Iterable[str]) -> bool:
    """Say whether a column of consents of all kinds names pictures among them."""
    return any(kind_of(part).is_of_pictures for cell in cells for part in _BETWEEN.split(cell))


def strictest(*said: str | None) -> str | None:
    """Return what several rows of one pupil say together, each as `written` has it: a refusal in any of them counts."""
    answers: Answers = {}
    for text in filter(None, said):
        parts = [part.rpartition("=") for part in text.split(";")]
        merge(answers, {channel: answer for channel, _, answer in parts})
    return written(answers)


def written(answers: Answers) -> str | None:
    """Return the answers as one text, None where there are none; a refusal of every channel is all that it says."""
    general = answers.get(EVERYWHERE)
    if general == WITHDRAWN:
        return WITHDRAWN
    by_channel = [f"{name}={answers[name]}" for name in CHANNELS if name in answers]
    if general == GIVEN:
        by_channel = [said for said in by_channel if said.endswith(WITHDRAWN)]
    return ";".join([*filter(None, [general]), *by_channel]) or None
