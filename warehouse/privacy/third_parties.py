"""Takes everybody else out of what is held about one subject: names, handles and ids become `[another person 3]`.

Who the others are, the registers and the profiles say. The same person has the same number everywhere. Whatever the
subject bears too, such as the surname of a brother or a namesake's whole name, stays.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import duckdb

from engines.naming import Names, PersonName, Strength, is_whole_name
from policies.dates import MONTHS, WEEKDAYS
from warehouse.catalogue.identities import identities_of, is_identity
from warehouse.privacy.ids_in_texts import SPELT_OUT, json_of, plain
from warehouse.privacy.subject_patterns import Subject

_WORD = re.compile(r"\w+")
_UNLIKE_A_WORD = 7  # letters from which a handle is one without its @
_OWN = ""  # the subject's own, and what is nobody's
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
    """The words of an id or a handle: one `anywhere`, or only in a column of ids, after @ or in a link."""

    words: tuple[str, ...]
    who: str
    anywhere: bool


class Redactor:
    """Everybody but the subject; counts how often each was taken out."""

    def __init__(
        self,
        subject: Subject,
        people: Iterable[OtherPerson],
        accounts: Iterable[OtherAccount],
        kept: Iterable[str] = (),
    ) -> None:
        """Learn who the others are; `kept` are words that name nobody here, such as the school's own name."""
        self._by_first: defaultdict[tuple[str, ...], list[_Mention]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        self.counts: Counter[int] = Counter()
        people, kept = tuple(people), tuple(kept)
        own = (name for person in people if person.person_id in subject.person_ids for name in person.names)
        own_names = (*subject.names, *own)  # of the registers also those that others bear
        self._names = Names(no_names=(*own_names, *kept, *MONTHS, *WEEKDAYS))
        self._names.learn(_OWN, (*own_names, *kept))  # a town alone may be how somebody's name begins
        written = (ident for _, ident in (*subject.actors, *subject.written))
        own_ids = (*written, *subject.person_ids, *subject.photograph_ids, *subject.handles)
        for ident in (*own_ids, *(name for name in own_names if not is_whole_name(name))):
            self._by_first[_words(ident)[:2]].append(_Mention(_words(ident), _OWN, anywhere=True))
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
        read = json_of(text)
        return self._text(text, key) if read is None else self.without(read, key)

    def _learn_person(self, person: OtherPerson) -> None:
        who = f"person {person.person_id}"
        self._names.learn(who, person.names, parts=True)
        self._learn(_words(person.person_id), who, anywhere=len(person.person_id) >= SPELT_OUT)
        for account in person.accounts:
            self._learn_handle(account, who)

    def _learn_account(self, account: OtherAccount) -> None:
        who = f"account {account.platform} {account.actor_id}"
        self._learn(_words(account.actor_id), who, anywhere=len(account.actor_id) >= SPELT_OUT)
        if account.handle:
            self._learn_handle(account.handle, who)
        self._names.learn(who, [account.display_name or ""])

    def _learn_handle(self, handle: str, who: str) -> None:
        words = _words(handle)
        length = sum(map(len, words))
        is_odd = any(letter.isdigit() or letter == "_" for word in words for letter in word)
        self._learn(words, who, anywhere=length >= _UNLIKE_A_WORD or (is_odd and length >= SPELT_OUT))

    def _learn(self, words: tuple[str, ...], who: str, *, anywhere: bool) -> None:
        if words:
            self._by_first[words[:2]].append(_Mention(words, who, anywhere))

    def _text(self, text: str, key: str) -> str:
        """Return a text without others; of mentions that overlap the first counts, then the longest, then the own."""
        named = self._names.mentions(text, least=Strength.PART)
        found = [(each.start, each.end, each.who) for each in named if each.strength > Strength.PART or each.is_capital]
        found += self._identified(text, is_id=is_identity(key))
        done, parts = 0, list[str]()
        for start, end, who in sorted(found, key=lambda each: (each[0], -each[1], each[2] != _OWN)):
            if start >= done:
                parts += [text[done:start], text[start:end] if who == _OWN else _GONE.format(self._number(who))]
                done = end
        return "".join((*parts, text[done:]))

    def _identified(self, text: str, *, is_id: bool) -> Iterator[tuple[int, int, str]]:
        found = [(match.start(), match.end(), plain(match.group())) for match in _WORD.finditer(text)]
        for at, (start, _, word) in enumerate(found):
            two = tuple(each[2] for each in found[at : at + 2])
            known = [*self._by_first.get((word,), ()), *(self._by_first.get(two, ()) if len(two) > 1 else ())]
            is_marked = is_id or text[start - 1 : start] in {"@", "/"}
            for mention in known:
                here = found[at : at + len(mention.words)]
                if (mention.anywhere or is_marked) and tuple(each[2] for each in here) == mention.words:
                    yield start, here[-1][1], mention.who

    def _number(self, who: str) -> int:
        number = self._numbers.setdefault(who, len(self._numbers) + 1)
        self.counts[number] += 1
        return number


def _words(text: str) -> tuple[str, ...]:
    if text.isascii():  # as nearly all ids and handles are, of which there may be a hundred thousand
        lowered = text.lower()
        return (lowered,) if lowered.isalnum() else tuple(_WORD.findall(lowered))
    return tuple(plain(word) for word in _WORD.findall(text))


_PEOPLE = """
select distinct person_id, full_name, given_names, surname, known_as, other_names, x_account, youtube_account
from raw.people
"""
# Every column of a raw table that holds accounts' ids and nothing else, but for the school's own.
_COLUMNS = """
select schema_name || '.' || table_name, column_name
from duckdb_columns() as columns inner join duckdb_tables() using (database_name, schema_name, table_name)
where columns.database_name = current_database() and schema_name = 'raw' order by all
"""
_ACCOUNTS = """
with accounts as (
    select platform, account_id as actor_id, handle, display_name from raw.profiles
    {others}
),
named as (select distinct platform, actor_id, handle, display_name from accounts where handle is not null),
bare as (
    select distinct platform, actor_id, null as handle, null as display_name from accounts
    where (platform, actor_id) not in (select (platform, actor_id) from named)
)
select * from (select * from named union all select * from bare) as every_one
where not exists (
    select 1 from raw.official_accounts as ours
    where ours.platform = every_one.platform and ours.account_id = every_one.actor_id
)
"""


def people_known(db: duckdb.DuckDBPyConnection) -> Iterator[OtherPerson]:
    """Yield everybody of the registers, as each run read them."""
    for person_id, *name, x_account, youtube_account in db.execute(_PEOPLE).fetchall():
        accounts = tuple(account for account in (x_account, youtube_account) if account)
        yield OtherPerson(person_id, PersonName(*name).forms, accounts)


def accounts_known(db: duckdb.DuckDBPyConnection) -> Iterator[OtherAccount]:
    """Yield every account that is not one of the school's own."""
    others = (
        f"union all select platform, {column}, null, null from {table} where {column} is not null"
        for table, column in db.execute(_COLUMNS).fetchall()
        if column != "account_id" and identities_of(column) == {"account"}
    )
    for row in db.execute(_ACCOUNTS.format(others=" ".join(others))).fetchall():
        yield OtherAccount(*row)
