"""Which accounts are one person's: those that a register declares, or a confirmed case gives, as theirs alone.

An account that is declared as that of several, or was confirmed at a case that gives several people, is nobody's for
sure: a confirmation says that the case is right, and not which of them is meant.
"""

from dataclasses import dataclass

import duckdb

from engines.roll_ids import fold_roll_id, folded_in_sql
from warehouse.catalogue.identities import edges

Account = tuple[str, str]

# An account with each person whom a register, or a case that was confirmed, gives for it; ids as they are compared.
_CLAIMS = f"""
with said as (
    select platform, actor_id, [person_id] as people
    from raw.matches
    where band = 'declared' and is_best
    union all
    select
        platform,
        coalesce(evidence ->> '$.actor', subject_id) as actor_id,
        string_split((evidence ->> '$.roll_id'), ',') as people
    from outcome.exceptions
    where
        decision = 'confirmed'
        and check_id != 'lookalike_account'  -- which says about whom a page is, and never whose
        and (evidence ->> '$.roll_id') is not null
        and (subject_kind = 'actor' or (evidence ->> '$.actor') is not null)
),

folded as (
    select
        platform,
        actor_id,
        list_distinct(list_transform(people, lambda id: {folded_in_sql("id")})) as people
    from said
)

select
    platform,
    actor_id,
    bool_or(people = [$person]) and not bool_or(len(people) = 1 and people != [$person]) as is_sure
from folded
group by platform, actor_id
having bool_or(list_contains(people, $person))
order by platform, actor_id
"""


@dataclass(frozen=True, slots=True)
class AccountsOfPerson:
    """The accounts, as platform and id, that are the person's, and those that may be somebody else's."""

    sure: frozenset[Account]
    doubtful: frozenset[Account]


def accounts_of(db: duckdb.DuckDBPyConnection, person: str) -> AccountsOfPerson:
    """Return the accounts of the person whom a register calls by this roll id; it may differ in case and zeros."""
    rows = db.execute(_CLAIMS, {"person": fold_roll_id(person)}).fetchall()
    return AccountsOfPerson(
        sure=frozenset((platform, actor) for platform, actor, is_sure in rows if is_sure),
        doubtful=frozenset((platform, actor) for platform, actor, is_sure in rows if not is_sure),
    )


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
