"""Who is meant, and how a text, a list, a piece of JSON or bytes are held against them.

An id counts as a whole: the whole value of a column or key that holds such ids, or a whole token of a text. One that is
short or common (`7`, `1004`) is looked for in texts only in an address, as a value of SQL, or after a word for such ids
(`--person 7`, `person = 7`), for "Year 7" names nobody. Of roll ids case and leading zeros do not count.
A handle is a whole token in any case; one of fewer than five characters only with its `@` or in an address. What names
somebody `engines.naming` says: two words of a name in a row at least. A word of it that nobody else bears counts alone
in the casebook, which keeps questions such as `ilike '%marsh%'`, and beside the mark of an earlier erasure.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engines.naming import ESCAPED_IN_SQL, Names, Strength, parts_of, plain_letters
from engines.roll_ids import ERASED_ID, fold_roll_id
from warehouse.catalogue.identities import identities_of
from warehouse.privacy import ids_in_texts as texts
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
        parts = {part for word in subject.own_words for part in parts_of(word)}
        others = (part for part in parts if part.casefold() not in subject.own_words)
        self._names, self._own_words = Names(), Names(no_names=others)
        self._names.learn("subject", subject.names)
        self._own_words.learn("subject", subject.own_words, parts=True)
        people = frozenset(map(fold_roll_id, subject.person_ids))
        self._ids: Mapping[str, Callable[[str, str | None], bool]] = {
            "account": lambda token, platform: texts.is_of(subject.actors, token, platform),
            "written": lambda token, platform: texts.is_of(subject.written, token.partition("/")[0], platform),
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
            return any(self.names(n, key, platform) or self.names(v, str(n), platform) for n, v in value.items())
        if isinstance(value, list | tuple):
            return any(self.names(each, key, platform) for each in value)
        text = str(value)
        read = texts.json_of(text)
        is_in_it = self._is_id(text, key, platform) or (read is None and self.in_text(text))
        return is_in_it or (read is not None and self.names(read, key, platform))

    def in_text(self, text: str) -> bool:
        """Say whether a text names the subject."""
        return bool(self._pattern.search(texts.plain(texts.unmarked(text)))) or any(self._named(text))

    def may_be_in(self, text: str) -> bool:
        """Say after a quick look whether a page's text may name the subject: true of all that do, and of few others."""
        return bool(self._ids_loosely.search(texts.plain(text))) or ERASED in text or self._names.may_be_in(text)

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
        return [one for one in _BETWEEN.split(text) if one not in {"", ERASED} and not self._is_id(one, key, platform)]

    def _text_without(self, text: str, key: str, platform: str | None) -> str:
        if self._is_id(text, key, platform):
            kept = self.others_in(text, key, platform)
            return (", " if "," in text else "; ").join([*kept, ERASED]) if kept else ERASED
        read = texts.json_of(text)
        if read is not None:
            return json.dumps(self.without(read, key, platform), ensure_ascii=False)
        left, before = text, ""
        while left != before:  # a word may stand beside a mark by now
            before, left = left, self._without_once(left)
        return ERASED if self.in_text(left) else left  # an id that stands there in other letters than its own

    def _without_once(self, text: str) -> str:
        kept, at = list[str](), 0
        ids = (each.span() for each in self._as_written.finditer(texts.unmarked(text)))
        for start, end in sorted((*self._named(text), *ids)):
            kept += [text[at:start], ERASED] if start >= at else []
            at = max(at, end)
        return "".join((*kept, text[at:]))

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text has a name of the subject, or a word of it that counts, as the module says."""
        yield from (each[1:3] for each in self._names.mentions(text, least=Strength.ROW))
        is_asked, has_mark = self._reads_questions, ERASED in text
        for _, start, end, *_ in self._own_words.mentions(text, least=Strength.PART) if is_asked or has_mark else ():
            if (is_asked and texts.is_asked(text, start, end)) or texts.is_beside(ERASED, text, start, end):
                yield start, end

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
        return "(?i)" + "|".join([r"[^\x00-\x7f]", re.escape(ERASED), *ESCAPED_IN_SQL, *parts])

    @cached_property
    def _ids_loosely(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(set(map(texts.plain, self._said_of_them))))) or r"(?!)")

    @cached_property
    def _parts(self) -> list[str]:
        s = self._subject
        actors = {texts.plain(ident) for _, ident in (*s.actors, *s.written)}
        parts = texts.ids_in_texts(
            actors, {fold_roll_id(each) for each in s.person_ids}, set(map(texts.plain, s.photograph_ids))
        )
        parts += texts.ids_in_texts(set(), set(), set(map(texts.plain, s.hashes | s.person_ids)))
        parts += [rf"(?<!\w)@{re.escape(handle)}(?!\w)|(?<=[^\d]/){re.escape(handle)}(?!\w)" for handle in s.handles]
        parts += [rf"(?<!\w){re.escape(handle)}(?!\w)" for handle in s.handles if len(handle) >= texts.SPELT_OUT]
        if self._reads_questions:
            parts += texts.parts_in_questions({*actors, *map(texts.plain, s.person_ids | s.photograph_ids)})
        return parts

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._parts)) or r"(?!)")

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._parts)) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _bytes(self) -> tuple[bytes, ...]:
        s = self._subject
        names = {said for name in s.names for said in (name, plain_letters(name)) if "," not in name}
        words = {each for each in (*self._written_ids, *s.handles, *names) if len(each) > texts.SPELT_OUT}
        return tuple(sorted(each for word in words for each in texts.as_bytes(word)))

    def _is_id(self, text: str, key: str, platform: str | None) -> bool:
        kinds = identities_of(key, platform)
        if kinds.isdisjoint((*self._ids, "handle")):
            return False
        tokens = {text, *_BETWEEN.split(text.strip())}
        asked = [is_one for kind, is_one in self._ids.items() if kind in kinds]
        is_own = any(is_one(token, platform) for is_one in asked for token in tokens if token)
        handles = frozenset[str]() if kinds.isdisjoint(("account", "handle")) else self._subject.handles
        return is_own or text.lstrip("@").casefold() in handles
