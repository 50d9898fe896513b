"""Between pulling and judging: profiles go to engines/people, and the matches that come back are kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import duckdb

from engines.people import ActorProfile, PersonMatch, RegisterPerson, SchoolNames, match_people
from flows.home.context import Context
from warehouse.runs import match_store


def match_accounts(context: Context, db: duckdb.DuckDBPyConnection, actors: Sequence[ActorProfile]) -> int:
    """Match each of these accounts against every register, and keep the matches; say how many."""
    matches = matched(context, people_of(db), actors)
    rows = [{**asdict(match), **_as_json(match)} for match in matches]
    match_store.keep_matches(db, context.run_id, rows)
    return len(matches)


def _as_json(match: PersonMatch) -> dict[str, str | None]:
    words = json.dumps(match.words, ensure_ascii=False) if match.words else None
    reasons, against = (json.dumps(said, ensure_ascii=False) for said in (match.reasons, match.against))
    return {"reasons": reasons, "words": words, "against": against}


def people_of(db: duckdb.DuckDBPyConnection) -> list[RegisterPerson]:
    """Return everybody on a register in the run at hand."""
    return [RegisterPerson(**row) for row in match_store.people(db)]


def actors_of(db: duckdb.DuckDBPyConnection) -> list[ActorProfile]:
    """Return every account that touches an official one now."""
    return [ActorProfile(**row) for row in match_store.actors(db)]


def matched(context: Context, people: Sequence[RegisterPerson], actors: Sequence[ActorProfile]) -> list[PersonMatch]:
    """Return whose accounts these may be, by the evidence and in the bands that the school allows."""
    identity = context.school.school
    names = SchoolNames(
        identity.name, identity.aliases, identity.town, identity.county, identity.partners, identity.houses
    )
    return match_people(people, actors, names, bands=identity.bands, evidence=identity.evidence, as_of=context.as_of)
