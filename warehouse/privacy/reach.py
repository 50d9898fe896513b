"""How accounts are tied to a person: for certain, perhaps, or as pages about them; every door begins from this reach.

Certain is what a register declares as theirs alone, and what a person confirmed at a case that gives nobody else: in
the casebook from that moment, for as long as the case is about what it was then and the decision is not taken back. Of
a case that gives several a confirmation says that it is right, and not which of them is meant.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb

from engines.roll_ids import fold_roll_id, folded_in_sql
from policies.decisions import StandingDecision
from warehouse.casebook.casebook import Casebook
from warehouse.catalogue.identities import edges

Account = tuple[str, str]

CERTAIN = ("declared", "confirmed")
# What a hold on a person keeps of them: what is deleted cannot be had again.
HELD = (*CERTAIN, "several", "changed", "likely")
# The strongest first: `several` may be somebody else's, `changed` was confirmed before its case was about others.
HOW = (*HELD, "possible", "about")
_REJECTED = "mistaken"
_OF_PAGES = "lookalike_account"  # says about whom a page is, and never whose

_MATCHED = f"""
with matched as (
    select platform, actor_id, {folded_in_sql("person_id")} as person, band, is_best from raw.matches
)

select distinct platform, actor_id, [person] as people, band, is_best
from matched
semi join (select platform, actor_id from matched where person = $person) as theirs using (platform, actor_id)
"""
# The account of each case that says whose it is, with those whom it gives, in every run that still knows.
_CASES = f"""
with said as (
    select
        fingerprint,
        check_id,
        platform,
        coalesce(evidence ->> '$.actor', subject_id) as actor_id,
        list_distinct(
            list_transform(string_split((evidence ->> '$.roll_id'), ','), lambda id: {folded_in_sql("id")})
        ) as people,
        decision,
        about,
        row_number() over (partition by fingerprint order by run_id desc) = 1 as is_newest
    from outcome.exceptions
    where (evidence ->> '$.roll_id') is not null and (subject_kind = 'actor' or (evidence ->> '$.actor') is not null)
)

select platform, actor_id, people, fingerprint, check_id, decision, about, is_newest
from said
semi join (
    select platform, actor_id from said where list_contains(people, $person)
    union
    select platform, actor_id from raw.matches where {folded_in_sql("person_id")} = $person
) as theirs using (platform, actor_id)
"""


class Tie(NamedTuple):
    """An account and how it is tied to a person, in a word of HOW; and whether it is likely somebody else's too."""

    platform: str
    actor_id: str
    how: str
    is_others_too: bool = False

    @property
    def account(self) -> Account:
        """The account, as platform and id."""
        return self.platform, self.actor_id

    @property
    def is_certain(self) -> bool:
        """Whether it is theirs for certain."""
        return self.how in CERTAIN


@dataclass(frozen=True, slots=True)
class Decided:
    """What the casebook says of cases on a day: what stands of their decisions; it knows something of `known`."""

    standing: Mapping[str, StandingDecision]
    known: Collection[str]
    on: date

    @classmethod
    def of(cls, book: Casebook, on: date) -> "Decided":
        """Return what a casebook says."""
        return cls(book.decisions.standing(), book.decisions.by_case().keys(), on)

    def verdict(self, fingerprint: str, about: str | None, as_written: str | None) -> str | None:
        """Return what counts of a case that is about this; `changed` for a confirmation that does so no more.

        Where the casebook knows nothing of the case, for it was lost or put back, what a run wrote of it counts. That
        it is mistaken was written of a decision about another case, which counts by itself and may be taken back.
        """
        if fingerprint not in self.known:
            return None if self.known and as_written == _REJECTED else as_written
        decision = self.standing.get(fingerprint)
        if decision is None:
            return None
        if decision.is_over(self.on) or decision.differs(json.loads(about or "{}")):
            return "changed" if decision.verdict == "confirmed" else None
        return decision.verdict


NOTHING = Decided({}, frozenset(), date.min)


class _Claim(NamedTuple):
    people: frozenset[str]
    how: str


def accounts_of(db: duckdb.DuckDBPyConnection, person: str, decided: Decided) -> frozenset[Tie]:
    """Return how each account is tied to whom a register calls by this roll id; it may differ in case and zeros."""
    person, claims = fold_roll_id(person), defaultdict[Account, list[_Claim]](list)
    for account, claim in (*_matched(db, person), *_raised(db, person, decided)):
        claims[account].append(claim)
    ties = ((account, _how(person, each), each) for account, each in claims.items())
    return frozenset(Tie(*account, how, _is_others_too(person, each)) for account, how, each in ties if how is not None)


def _is_others_too(person: str, claims: Collection[_Claim]) -> bool:
    return any(claim.how in HELD and claim.people - {person} for claim in claims)


def _how(person: str, claims: Collection[_Claim]) -> str | None:
    """Return how an account is tied to a person; None where it is surely somebody else's, or said not to be theirs."""
    firm = [claim for claim in claims if claim.how in CERTAIN]
    hows = {claim.how for claim in claims if person in claim.people}
    is_others = any(len(claim.people) == 1 and person not in claim.people for claim in firm)
    is_own = any(claim.people == {person} for claim in firm)
    if is_own and not is_others and not (_REJECTED in hows and "declared" not in hows):
        return next(how for how in CERTAIN if _Claim(frozenset({person}), how) in firm)
    if any(person in claim.people for claim in firm):
        return "several"
    if is_others or _REJECTED in hows:
        return "about" if "about" in hows and not is_others else None
    return next((how for how in HOW if how in hows), None)


def _matched(db: duckdb.DuckDBPyConnection, person: str) -> Iterator[tuple[Account, _Claim]]:
    for platform, actor, people, band, is_best in db.execute(_MATCHED, {"person": person}).fetchall():
        how = "likely" if band == "declared" and not is_best else band
        yield (platform, actor), _Claim(frozenset(people), how)


def _raised(db: duckdb.DuckDBPyConnection, person: str, decided: Decided) -> Iterator[tuple[Account, _Claim]]:
    """Yield what each case says of an account: as it was decided, or that it is likely theirs."""
    for platform, actor, people, case, check, written, about, is_newest in db.execute(
        _CASES, {"person": person}
    ).fetchall():
        verdict = decided.verdict(case, about, written)
        how = verdict if verdict in {"confirmed", "changed", _REJECTED} else "likely"
        if how == "confirmed" and not is_newest:
            how = "changed"
        if check == _OF_PAGES:
            how = _REJECTED if how == _REJECTED else "about"
        if how != _REJECTED or is_newest:
            yield (platform, actor), _Claim(frozenset(people), how)


def led_to(
    db: duckdb.DuckDBPyConnection, from_: str, to: str, ident: str, platform: str | None = None
) -> set[tuple[str | None, ...]]:
    """Return to what an id leads by the edges of the catalogue, in every run."""
    found = set[tuple[str | None, ...]]()
    for edge in edges(from_, to):
        sql = f"select distinct {', '.join(edge.columns)} from {edge.table} where {edge.by} = ?"
        given = [ident] if platform is None else [ident, platform]
        found |= set(db.execute(sql if platform is None else f"{sql} and platform = ?", given).fetchall())
    return found
