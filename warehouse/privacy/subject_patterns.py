"""Who is meant, and how a text, a list, a piece of JSON or bytes are held against them.

An id counts as a whole: the whole value of a column or key that holds such ids, or a whole token of a text. One that is
short or common (`7`, `1004`) is looked for in texts only in an address, as a value of SQL, or after a word for such ids
(`--person 7`, `person = 7`), for "Year 7" names nobody. Of roll ids case and leading zeros do not count.
A handle is a whole token without regard to case; one of fewer than five characters only with its `@` or in an
address. What names somebody `engines.naming` says: two words of a name in a row at least. In the casebook, which keeps
questions such as `ilike '%marsh%'`, a word of a name that nobody else bears counts too.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engines.naming import ESCAPED_IN_SQL, Names, Strength, parts_of, plain_letters
from engines.roll_ids import ERASED_ID, fold_roll_id
from warehouse.catalogue.identities import identities_of
from warehouse.privacy.ids_in_texts import SPELT_OUT, as_bytes, ids_in_texts, json_of, parts_in_questions, plain
from warehouse.privacy.reach import Tie

ERASED = ERASED_ID
_BETWEEN = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is meant.

    `actors` are pairs of platform and id; `handles` have no `@` and small letters; `own_words` are words of their names
    that nobody else on the registers bears; `written` are ids of their comments; `hashes` of a photograph's files.
    `shared_names` counts names that are another's too, and not in `names`; of `ties` only those in `actors` are theirs.
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
    ties: frozenset[Tie] = field(default=frozenset(), compare=False)


class SubjectMatcher:
    """Says whether a value names the subject, and returns the value without them; the casebook's reads_questions."""

    def __init__(self, subject: Subject, *, reads_questions: bool = False) -> None:
        self._subject, self._reads_questions = subject, reads_questions
        own = subject.own_words if reads_questions else frozenset()
        others = (part for word in own for part in parts_of(word) if part.casefold() not in own)
        self._names, self._own_words = Names(), Names(no_names=others)
        self._names.learn("subject", subject.names)
        self._own_words.learn("subject", own, parts=True)
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
        read = json_of(text)
        return self.names(read, key, platform) if read is not None else self.in_text(text)

    def in_text(self, text: str) -> bool:
        """Say whether a text names the subject."""
        has_id = self._pattern is not None and self._pattern.search(plain(text)) is not None
        return has_id or next(self._named(text), None) is not None

    def may_be_in(self, text: str) -> bool:
        """Say after a quick look whether a page's text may name the subject: true of all that do, and of few others."""
        return self._ids_loosely.search(plain(text)) is not None or self._names.may_be_in(text)

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
        read = json_of(text)
        if read is not None:
            return json.dumps(self.without(read, key, platform), ensure_ascii=False)
        kept, at = list[str](), 0
        for start, end in sorted((*self._named(text), *(id_.span() for id_ in self._as_written.finditer(text)))):
            kept += [text[at:start], ERASED] if start >= at else []
            at = max(at, end)
        left = "".join((*kept, text[at:]))
        return ERASED if self.in_text(left) else left  # an id that stands there in other letters than its own

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text has a name of the subject; in questions, also a word of it that nobody else bears."""
        yield from (each[1:3] for each in self._names.mentions(text, least=Strength.ROW))
        for word in self._own_words.mentions(text, least=Strength.PART):
            around = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
            if not around or set(around) & {"'", '"', "%"} or text.count("'", 0, word.start) % 2:
                yield word[1:3]

    @cached_property
    def _written_ids(self) -> frozenset[str]:
        s = self._subject
        return s.person_ids | s.photograph_ids | {ident for _, ident in (*s.actors, *s.written)}

    @cached_property
    def _said_of_them(self) -> frozenset[str]:
        """All ids and handles, of roll ids also without zeros."""
        s = self._subject
        return self._written_ids | s.hashes | s.handles | frozenset(map(fold_roll_id, s.person_ids))

    @cached_property
    def sql_pattern(self) -> str:
        """A regular expression for DuckDB that every ASCII value which names the subject matches, and few others do.

        Values with other characters, or with escapes of such, match it too: Python reads them.
        """
        parts = [*map(re.escape, sorted(self._said_of_them)), *self._names.anchors]
        return "(?i)" + "|".join([r"[^\x00-\x7f]", *ESCAPED_IN_SQL, *parts])

    @cached_property
    def _ids_loosely(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(set(map(plain, self._said_of_them))))) or r"(?!)")

    @cached_property
    def _parts(self) -> list[str]:
        s = self._subject
        actors = {plain(ident) for _, ident in (*s.actors, *s.written)}
        parts = ids_in_texts(actors, {fold_roll_id(each) for each in s.person_ids}, set(map(plain, s.photograph_ids)))
        parts += ids_in_texts(set(), set(), set(map(plain, s.hashes | s.person_ids)))
        parts += [rf"(?<!\w)@{re.escape(handle)}(?!\w)|(?<=[^\d]/){re.escape(handle)}(?!\w)" for handle in s.handles]
        parts += [rf"(?<!\w){re.escape(handle)}(?!\w)" for handle in s.handles if len(handle) >= SPELT_OUT]
        if self._reads_questions:
            parts += parts_in_questions({*actors, *map(plain, s.person_ids | s.photograph_ids)})
        return parts

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(sorted(self._parts))) if self._parts else None

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._parts)) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _bytes(self) -> tuple[bytes, ...]:
        s = self._subject
        names = {said for name in s.names for said in (name, plain_letters(name)) if "," not in name}
        words = {each for each in (*self._written_ids, *s.handles, *names) if len(each) > SPELT_OUT}
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
