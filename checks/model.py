"""What a check is: one question put to the warehouse, each row of whose answer is an exception; and what comes of it.

It takes a connection and a day, never the clock, and knows nothing of clauses or severity: the policy's pack does.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

import duckdb
import polars as pl

from checks.evidence import Evidence, mistakes
from checks.papers import Canary, Finding
from policies.populations import POPULATIONS, Population
from policies.toml_text import packaged_text

_LONGEST_DAYS = 3660
# By the last word of a parameter's name.
_BOUNDS = {"hour": (0, 24), "age": (1, 120), "percent": (1, 100), "pixels": (1, 100_000)}


def wanted(name: str, value: Any, default: Any, words: tuple[str, ...] | None) -> str | None:
    """Return what this parameter must be, or None where the value is that."""
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "true or false"
    if isinstance(default, int):
        least, most = _BOUNDS.get(name.rpartition("_")[2], (1, _LONGEST_DAYS))
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return None if is_whole and least <= value <= most else f"a whole number from {least} to {most}"
    if isinstance(default, str):
        return None if _is_word(value, words) else f"one of: {', '.join(words)}" if words else "a text"
    if isinstance(value, list | tuple) and (value or not default) and all(_is_word(word, words) for word in value):
        return None
    return ("a list of texts" if default == [] else "a list of one text or more") + (
        f", each one of: {', '.join(words)}" if words else ""
    )


def _is_word(value: Any, words: tuple[str, ...] | None) -> bool:
    return isinstance(value, str) and (value in words if words else bool(value.strip()))


Judge = Callable[[duckdb.DuckDBPyConnection, date, Mapping[str, Any]], pl.DataFrame]
Remark = Callable[[duckdb.DuckDBPyConnection, date, Mapping[str, Any]], str | None]
SubjectKind = Literal["actor", "medium", "post", "comment", "account", "photograph", "policy", "register"]
Concern = Literal["pupil", "staff", "governor", "parent", "picture", "post", "comment", "account", "policy"]

LONGEST_TITLE = 150


class CheckError(Exception):
    """A check is not made as checks are, or was asked what it cannot answer; the message names the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question, with its papers.

    `title` states the good state, `finding` what an exception shows. `judge` returns platform, account_id, subject_id
    and reason (a full sentence, naming nobody), then the columns that `evidence` declares, no more and no fewer. What
    an exception `concerns` is said here, or by a row in a column of that name. `coverage` is the view that says how
    much of the population this run saw. `remark` may add a sentence to the coverage. `canary` are the invented cases
    of the self-test. `defaults` are the parameters that a pack may set, `vocabulary` the words that they may hold.
    `sees_all` says that what it cannot see could only ever take an exception away: a clause may be covered whole by it.
    `sources` may be "school", where the check looks at the school itself and its registers. `needs` are the registers
    that it goes by: without one it could not tell; `heeds`, those that it goes by where they are kept.
    `needs_columns` and `heeds_columns` are columns of theirs (`register.column`; for `register.of the wants`, those of
    the parameter `wants`) in the same way. `unseen` says in a
    sentence what else it goes by and this run could not see. `only` is the SQL of the accounts (platform, account_id)
    on which it has a meaning, and what to say without any. `looks_back` names the parameter of how many days back.
    `may` says what a text may do that is not sure enough to be listed, such as "be abusive": a row that has `unread`
    after the evidence is such a text, and is counted until a person has read it. `proposed` are the rules by which it
    is proposed for a clause of a policy, as policies.drafting.proposals reads them.
    """

    id: str
    title: str
    finding: Finding
    why: str
    sources: tuple[str, ...]
    coverage: str
    sees: str
    cannot_see: str
    next_step: str
    owner_role: str
    days_to_act: int
    do_not: str
    subject_kind: SubjectKind
    concerns: Concern
    judge: Judge
    evidence: tuple[Evidence, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remark: Remark | None = None
    canary: Canary | None = None
    needs: tuple[str, ...] = ()
    heeds: tuple[str, ...] = ()
    needs_columns: tuple[str, ...] = ()
    heeds_columns: tuple[str, ...] = ()
    unseen: Remark | None = None
    only: tuple[str, str] | None = None
    looks_back: str | None = None
    may: str | None = None
    sees_all: bool = False
    proposed: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if len(self.title) > LONGEST_TITLE:
            raise CheckError(f"The title of {self.id} is longer than {LONGEST_TITLE} characters.")
        if self.subject_kind not in get_args(SubjectKind) or self.concerns not in get_args(Concern):
            raise CheckError(f"{self.id} is of {self.subject_kind} and concerns {self.concerns}, which checks do not.")
        for mistake in (*mistakes(self.evidence, self.subject_kind), *self.finding.mistakes()):
            raise CheckError(f"{self.id} {mistake}.")

    @property
    def change_key(self) -> tuple[str, ...]:
        """The labels of evidence whose change brings an open exception back to a person."""
        return tuple(declared.label for declared in self.evidence if declared.changes)

    @property
    def population(self) -> Population:
        """What the check looks at; CheckError for one that nobody declared."""
        if self.coverage not in POPULATIONS:
            raise CheckError(f"{self.id} counts on {self.coverage}, which is not one of: {', '.join(POPULATIONS)}.")
        return POPULATIONS[self.coverage]

    @property
    def canary_sources(self) -> tuple[str, ...]:
        """The sources on which the self-test walks a path of the check."""
        return tuple(source for source in self.sources if self.canary and self.canary.paths_on(source))

    def with_defaults(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return all parameters, those that the pack gives before our own; CheckError for one we cannot take."""
        for _, says in self.refused(parameters):
            raise CheckError(says)
        return {**self.defaults, **parameters}

    def refused(self, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Give each parameter that the check cannot take, and why in a sentence."""
        for name in sorted(parameters):
            if name not in self.defaults:
                parameter_names = ", ".join(sorted(self.defaults)) or "none"
                yield name, f"{self.id} has no parameter called {name}; it has: {parameter_names}."
            elif says := wanted(name, parameters[name], self.defaults[name], self.vocabulary.get(name)):
                yield name, f"{self.id} needs {name} to be {says}."


def fingerprint(check_id: str, platform: str, account_id: str, subject_id: str) -> str:
    """Return the SHA-256, in hexadecimal, by which one exception is known in every run."""
    parts = f"{check_id}\x1f{platform}\x1f{account_id}\x1f{subject_id}"
    return hashlib.sha256(parts.encode()).hexdigest()


def from_sql(package: str, stem: str, **constants: Any) -> Judge:
    """Return a judge that asks `<stem>.sql` of this package, bound to $as_of, its constants and the parameters.

    Only what the SQL names is bound. CheckError, when asked, for a name that nobody gave.
    """
    sql = packaged_text(package, f"{stem}.sql")

    def judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        given = {**constants, **parameters, "as_of": as_of}
        return pl.DataFrame(db.sql(sql, params=bound(db, sql, given, where=stem)))

    return judge


def bound(db: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    """Return those of the given values that the SQL names; CheckError for a name without a value."""
    named = {name for statement in db.extract_statements(sql) for name in statement.named_parameters}
    if missing := sorted(named - given.keys()):
        raise CheckError(f"{where} needs values for {', '.join(missing)}: set them in the policy's pack.")
    return {name: given[name] for name in named}
