"""Between pulling and judging: profiles go to engines/people, and the matches that come back are kept."""

import json
from collections.abc import Sequence

import duckdb

from engines.people import ActorProfile, PersonMatch, RegisterPerson, SchoolNames, match_people
from flows.home.context import Context
from warehouse.runs import match_store


def match_accounts(context: Context, db: duckdb.DuckDBPyConnection, actors: Sequence[ActorProfile]) -> int:
    """Match each of these accounts against every register, and keep the matches; say how many."""
    matches = matched(context, people_of(db), actors)
    _keep_matches(db, context.run_id, matches)
    return len(matches)


def people_of(db: duckdb.DuckDBPyConnection) -> list[RegisterPerson]:
    """Return everybody on a register in the run at hand."""
    return [RegisterPerson(**row) for row in match_store.people(db)]


def actors_of(db: duckdb.DuckDBPyConnection) -> list[ActorProfile]:
    """Return every account that touches an official one now."""
    return [ActorProfile(**row) for row in match_store.actors(db)]


def matched(context: Context, people: Sequence[RegisterPerson], actors: Sequence[ActorProfile]) -> list[PersonMatch]:
    """Return whose accounts these may be, by the evidence and in the bands that the school allows."""
    identity = context.school.school
    names = SchoolNames(identity.name, identity.aliases, identity.town, identity.county)
    return match_people(people, actors, names, bands=identity.bands, evidence=identity.evidence, as_of=context.as_of)


def _keep_matches(db: duckdb.DuckDBPyConnection, run_id: str, matches: Sequence[PersonMatch]) -> None:
    rows = [
        {
            "platform": match.platform,
            "actor_id": match.actor_id,
            "person_id": match.person_id,
            "role": match.role,
            "band": match.band,
            "probability": match.probability,
            "reasons": json.dumps(match.reasons, ensure_ascii=False),
            "is_best": match.is_best,
            "score": match.score,
            "runner_up": match.runner_up,
            "words": json.dumps(match.words, ensure_ascii=False) if match.words else None,
            "against": json.dumps(match.against, ensure_ascii=False),
        }
        for match in matches
    ]
    match_store.keep_matches(db, run_id, rows)
