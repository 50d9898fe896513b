"""Takes everybody else out of what is held about one subject: names, handles and ids become `[another person 3]`.

Who the others are, the registers and the profiles say. The same person has the same number everywhere. Whatever the
subject bears too, such as the surname of a brother or a namesake's whole name, stays.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from policies.dates import MONTHS, WEEKDAYS
from warehouse.catalogue.identities import is_identity
from warehouse.subject_patterns import Subject, plain

_WORD = re.compile(r"\w+")
_SPELT_OUT = 5  # letters or figures from which an id is one wherever it stands
_UNLIKE_A_WORD = 7  # letters from which a handle is one without its @
_SHORTEST_NAME = 3
_CALENDAR = frozenset(word.casefold() for word in (*MONTHS, *WEEKDAYS))
_GONE = "[another person {}]"


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Somebody of the registers: the roll id, every form of the name, and what is declared as theirs."""

    person_id: str
    names: tuple[str, ...]
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """An account of a platform: its id, and what it calls itself."""

    platform: str
    actor_id: str
    handle: str | None = None
    display_name: str | None = None


class _Mention(NamedTuple):
    """The words of one mention; `anywhere` where they are one in any text, otherwise in an id, after @ or in a link."""

    words: tuple[str, ...]
    who: str
    anywhere: bool
    is_capital: bool = False


class ThirdParties:
    """Everybody but the subject; counts how often each was taken out."""

    def __init__(
        self,
        subject: Subject,
        people: Iterable[OtherPerson],
        accounts: Iterable[OtherAccount],
        *,
        kept: Iterable[str] = (),
    ) -> None:
        """Learn who the others are; `kept` are words that name nobody here, such as the school's own name."""
        self._by_first: defaultdict[tuple[str, ...], list[_Mention]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        self.counts: Counter[int] = Counter()
        people = tuple(people)
        own = (name for person in people if person.person_id in subject.person_ids for name in person.names)
        own_names = {_words(name) for name in (*subject.names, *own)}  # of the registers also those that others bear
        kept_names = {_words(text) for text in kept}
        self._own = {word for name in (*own_names, *kept_names) for word in name}
        whole = {words for words in kept_names if len(words) > 1}  # a town alone may be how somebody's name begins
        self._own_whole = own_names | whole | {_words(each) for each in _ids_of(subject)}
        for person in people:
            if person.person_id not in subject.person_ids:
                self._learn_person(person)
        for account in accounts:
            if (account.platform, account.actor_id) not in subject.actors:
                self._learn_account(account)

    def without(self, value: Any, key: str) -> Any:
        """Return a value without anybody else; JSON is read, a text that is none is a text; `key` is its column."""
        if value is None or isinstance(value, bool | int | float | date | datetime):
            return value
        if isinstance(value, Mapping):
            return {self._text(str(k), "key"): self.without(v, str(k)) for k, v in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.without(each, key) for each in value]
        text = str(value)
        read = _json(text)
        return self._text(text, key) if read is None else self.without(read, key)

    def _learn_person(self, person: OtherPerson) -> None:
        who = f"person {person.person_id}"
        for name in person.names:
            words = _words(name)
            if len(words) > 1:
                self._learn(words, who, anywhere=True)
            for part in {(word,) for word in words} | {_words(part) for part in name.split()}:
                is_short = len(part) == 1 and (len(part[0]) < _SHORTEST_NAME or part[0] in _CALENDAR)
                if not is_short and not self._own.issuperset(part):
                    self._learn(part, who, anywhere=True, is_capital=True)
        self._learn(_words(person.person_id), who, anywhere=len(person.person_id) >= _SPELT_OUT)
        for account in person.accounts:
            self._learn_handle(account, who)

    def _learn_account(self, account: OtherAccount) -> None:
        who = f"account {account.platform} {account.actor_id}"
        self._learn(_words(account.actor_id), who, anywhere=len(account.actor_id) >= _SPELT_OUT)
        if account.handle:
            self._learn_handle(account.handle, who)
        words = _words(account.display_name or "")
        if len(words) > 1:
            self._learn(words, who, anywhere=True)

    def _learn_handle(self, handle: str, who: str) -> None:
        words = _words(handle)
        length = sum(map(len, words))
        is_odd = any(letter.isdigit() or letter == "_" for word in words for letter in word)
        self._learn(words, who, anywhere=length >= _UNLIKE_A_WORD or (is_odd and length >= _SPELT_OUT))

    def _learn(self, words: tuple[str, ...], who: str, *, anywhere: bool, is_capital: bool = False) -> None:
        if words and words not in self._own_whole:
            self._by_first[words[:2]].append(_Mention(words, who, anywhere, is_capital))

    def _text(self, text: str, key: str) -> str:
        found = [(match.start(), match.end(), plain(match.group())) for match in _WORD.finditer(text)]
        is_id, done, parts, at = is_identity(key), 0, list[str](), 0
        while at < len(found):
            mention = self._mention(text, found, at, is_id=is_id)
            if mention is None:
                at += 1
                continue
            start = found[at][0]
            parts += [text[done:start], _GONE.format(self._number(mention.who))]
            at += len(mention.words)
            done = found[at - 1][1]
        return "".join((*parts, text[done:])) if parts else text

    def _mention(self, text: str, found: list[tuple[int, int, str]], at: int, *, is_id: bool) -> _Mention | None:
        """Return the longest mention that begins with this word, unless the subject's own name or id does."""
        start, _, word = found[at]
        here = tuple(each[2] for each in found[at : at + 2])
        known = [*self._by_first.get(here[:1], ()), *(self._by_first.get(here, ()) if len(here) > 1 else ())]
        if not known or any(_follows(found, at, own) for own in self._own_whole if own and own[0] == word):
            return None
        is_marked = is_id or text[start - 1 : start] in {"@", "/"}
        fitting = (
            mention
            for mention in known
            if (mention.anywhere or is_marked)
            and _follows(found, at, mention.words)
            and not (mention.is_capital and text[start].islower())
        )
        return max(fitting, key=lambda mention: len(mention.words), default=None)

    def _number(self, who: str) -> int:
        number = self._numbers.setdefault(who, len(self._numbers) + 1)
        self.counts[number] += 1
        return number


def _follows(found: list[tuple[int, int, str]], at: int, words: tuple[str, ...]) -> bool:
    return len(words) <= len(found) - at and all(found[at + n][2] == word for n, word in enumerate(words))


def _words(text: str) -> tuple[str, ...]:
    if text.isascii():  # as nearly all ids and handles are, of which there may be a hundred thousand
        lowered = text.lower()
        return (lowered,) if lowered.isalnum() else tuple(_WORD.findall(lowered))
    return tuple(plain(word) for word in _WORD.findall(text))


def _ids_of(subject: Subject) -> Iterator[str]:
    yield from (ident for _, ident in (*subject.actors, *subject.written))
    yield from (*subject.person_ids, *subject.photograph_ids, *subject.handles)


def _json(text: str) -> Any:
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
