"""Who is meant, and how a text, a list, a piece of JSON or bytes are held against them.

An id counts as a whole: the whole value of a column or key that holds such ids, or a whole token of a text. One that is
short or common (`7`, `1004`) is looked for in texts only in an address, as a value of SQL, or after a word for such ids
(`--person 7`, `person = 7`), for "Year 7" names nobody. Of roll ids case and leading zeros do not count.
A handle is a whole token without regard to case; one of fewer than five characters only with its `@` or in an
address. A name is a run of at least two whole words, after NFKC and casefold: a first name alone may be anybody's.
In the casebook, which keeps questions such as `ilike '%marsh%'`, a word of a name that nobody else bears counts too.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engines.roll_ids import fold_roll_id
from warehouse.catalogue.identities import identities_of
from warehouse.ids_in_texts import SPELT_OUT, as_bytes, ids_in_texts, parts_in_questions

ERASED = "[erased]"

_BETWEEN = re.compile(r"[;,\s]+")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is meant.

    `actors` are pairs of platform and the platform's id; `handles` are without `@`, in small letters; `names` have two
    words at least; `own_words` are words of them that nobody else on the registers bears; `written` are the ids of
    comments that the accounts wrote; `hashes` are those of a photograph's master files. `shared_names` counts the names
    that somebody else on the registers bears too, which are in `names` no more: what says them may be about the other.
    `doubtful_accounts` counts accounts that may be the subject's or somebody else's, which are not in `actors`.
    """

    actors: frozenset[tuple[str, str]] = frozenset()
    person_ids: frozenset[str] = frozenset()
    photograph_ids: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    written: frozenset[tuple[str, str]] = frozenset()
    hashes: frozenset[str] = frozenset()
    own_words: frozenset[str] = frozenset()
    shared_names: int = field(default=0, compare=False)
    doubtful_accounts: int = field(default=0, compare=False)


def plain(text: str) -> str:
    """Return a text as it is compared: JSON escapes read, NFKC, casefolded."""
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: str(json.loads(f'"{found.group()}"')), text)
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


class Recogniser:
    """Says whether a value names the subject, and returns the value without them; the casebook's reads_questions."""

    def __init__(self, subject: Subject, *, reads_questions: bool = False) -> None:
        self._subject, self._reads_questions = subject, reads_questions
        people = frozenset(fold_roll_id(person) for person in subject.person_ids)
        self._ids: Mapping[str, Callable[[str, str | None], bool]] = {
            "account": lambda token, platform: _is_of(subject.actors, token, platform),
            "written": lambda token, platform: _is_of(subject.written, token.partition("/")[0], platform),
            "person": lambda token, _: fold_roll_id(token) in people,
            "photograph": lambda token, _: token in subject.photograph_ids,
        }

    def names(self, value: object, key: str, platform: str | None = None) -> bool:
        """Say whether a value names the subject; `key` is its column, `platform` that of its row, if it has one."""
        if value is None or isinstance(value, bool | int | float):
            return False
        if isinstance(value, bytes | bytearray | memoryview):
            return self.in_bytes(bytes(value))
        if isinstance(value, Mapping):
            return any(
                self.names(name, key, platform) or self.names(v, str(name), platform) for name, v in value.items()
            )
        if isinstance(value, list | tuple):
            return any(self.names(each, key, platform) for each in value)
        text = str(value)
        if self._is_id(text, key, platform):
            return True
        read = _json(text)
        return self.names(read, key, platform) if read is not None else self.in_text(text)

    def in_text(self, text: str) -> bool:
        """Say whether a text names the subject."""
        return bool(self._pattern and self._pattern.search(plain(text)))

    def in_bytes(self, body: bytes) -> bool:
        """Say whether bytes that are no text, such as a picture's, hold a name, a handle or a long id in any case."""
        low = body.lower()
        return any(needle in low for needle in self._bytes)

    def without(self, value: Any, key: str, platform: str | None = None) -> Any:
        """Return the value with each mention of the subject replaced by `[erased]`; bytes become None."""
        if not self.names(value, key, platform):
            return value
        if isinstance(value, bytes | bytearray | memoryview):
            return None
        if isinstance(value, Mapping):
            return {str(self.without(k, key, platform)): self.without(v, str(k), platform) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.without(each, key, platform) for each in value]
        return self._text_without(str(value), key, platform)

    def others_in(self, text: str, key: str, platform: str | None = None) -> list[str]:
        """Return the ids of a list of such that are somebody else's."""
        ids = (token for token in _BETWEEN.split(text) if token not in {"", ERASED})
        return [token for token in ids if not self._is_id(token, key, platform)]

    def _text_without(self, text: str, key: str, platform: str | None) -> str:
        if self._is_id(text, key, platform):
            kept = self.others_in(text, key, platform)
            return (", " if "," in text else "; ").join([*kept, ERASED]) if kept else ERASED
        read = _json(text)
        if read is not None:
            return json.dumps(self.without(read, key, platform), ensure_ascii=False)
        if self._pattern is None or not text.isascii() or "\\u" in text:
            return ERASED  # what is replaced in a normalised text cannot be put back into the text as it was
        return self._as_written.sub(ERASED, text)

    @cached_property
    def sql_pattern(self) -> str:
        """A regular expression for DuckDB that every ASCII value which names the subject matches, and few others do.

        Values with other characters, or with JSON escapes of such, match it too: Python reads them.
        """
        s = self._subject
        ids = {ident for _, ident in (*s.actors, *s.written)} | s.person_ids | s.photograph_ids | s.hashes
        bare = {fold_roll_id(person) for person in s.person_ids}
        parts = [re.escape(each) for each in sorted(ids | bare | s.handles)]
        parts += [_words(name) for name in sorted(s.names)]
        return "(?i)" + "|".join([r"[^\x00-\x7f]", r"\\u[0-9a-f]{4}", *parts])

    @cached_property
    def _parts(self) -> list[str]:
        s = self._subject
        actors = {plain(ident) for _, ident in (*s.actors, *s.written)}
        parts = ids_in_texts(actors, {fold_roll_id(each) for each in s.person_ids}, set(map(plain, s.photograph_ids)))
        parts += ids_in_texts(set(), set(), set(map(plain, s.hashes | s.person_ids)))
        parts += [rf"(?<!\w)@{re.escape(handle)}(?!\w)|(?<=[^\d]/){re.escape(handle)}(?!\w)" for handle in s.handles]
        parts += [rf"(?<!\w){re.escape(handle)}(?!\w)" for handle in s.handles if len(handle) >= SPELT_OUT]
        if self._reads_questions:
            parts += parts_in_questions(s.own_words, {*actors, *map(plain, s.person_ids | s.photograph_ids)})
        return parts + [rf"(?<!\w){_words(name)}(?!\w)" for name in s.names]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(sorted(self._parts))) if self._parts else None

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._parts)), re.IGNORECASE)

    @cached_property
    def _bytes(self) -> tuple[bytes, ...]:
        s = self._subject
        ids = {ident for _, ident in (*s.actors, *s.written)} | s.person_ids | s.photograph_ids
        words = {each for each in (*ids, *s.handles, *s.names) if len(each) > SPELT_OUT}
        return tuple(sorted(each for word in words for each in as_bytes(word)))

    def _is_id(self, text: str, key: str, platform: str | None) -> bool:
        kinds = identities_of(key, platform)
        if kinds.isdisjoint((*self._ids, "handle")):
            return False
        tokens = {text, *_BETWEEN.split(text.strip())}
        return any(
            is_one(token, platform) for kind, is_one in self._ids.items() if kind in kinds for token in tokens if token
        ) or (not kinds.isdisjoint(("account", "handle")) and text.lstrip("@").casefold() in self._subject.handles)


def _is_of(ids: Collection[tuple[str, str]], token: str, platform: str | None) -> bool:
    return any(token == ident for its, ident in ids if platform in (None, its))


def _words(name: str) -> str:
    return r"[\s,]+".join(re.escape(word) for word in name.split())


def _json(text: str) -> Any:
    """Return what a JSON object or list holds; None for any other text."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
