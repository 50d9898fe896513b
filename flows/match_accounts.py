"""Between pulling and judging: profiles go to engines/people, and the matches that come back are kept."""

import json
from collections.abc import Sequence

import duckdb

from engines.people.match import match
from engines.people.model import Actor, Match, Person, SchoolNames
from flows.context import Context
from warehouse import match_store


def match_accounts(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Match every account that touches an official one against every register, and keep the matches; say how many."""
    found = matched(context, people_of(db), actors_of(db))
    _keep_matches(db, context.run_id, found)
    return len(found)


def people_of(db: duckdb.DuckDBPyConnection) -> list[Person]:
    """Return everybody on a register in the run at hand."""
    return [Person(**row) for row in match_store.people(db)]


def actors_of(db: duckdb.DuckDBPyConnection) -> list[Actor]:
    """Return every account that touches an official one now."""
    return [Actor(**row) for row in match_store.actors(db)]


def matched(context: Context, people: Sequence[Person], actors: Sequence[Actor]) -> list[Match]:
    """Return whose accounts these may be, by the evidence and in the bands that the school allows."""
    identity = context.school.school
    names = SchoolNames(identity.name, identity.aliases, identity.town, identity.county)
    return match(people, actors, names, bands=identity.bands, evidence=identity.evidence, as_of=context.as_of)


def _keep_matches(db: duckdb.DuckDBPyConnection, run_id: str, found: Sequence[Match]) -> None:
    rows = [
        {
            "platform": one.platform,
            "actor_id": one.actor_id,
            "person_id": one.person_id,
            "role": one.role,
            "band": one.band,
            "probability": one.probability,
            "reasons": json.dumps(one.reasons, ensure_ascii=False),
            "is_best": one.is_best,
            "score": one.score,
            "runner_up": one.runner_up,
        }
        for one in found
    ]
    match_store.keep_matches(db, run_id, rows)
