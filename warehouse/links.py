"""Which person a person said that an account is not: a link that was rejected once is not raised again elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from warehouse.casebook import Decision
from warehouse.reconcile import Found

_LINKS = """
select distinct
    fingerprint,
    platform,
    subject_id,
    unnest(string_split(json_extract_string(evidence, '$.roll_id'), ', ')) as person_id
from outcome.exceptions
where subject_kind = 'actor' and list_contains($mistaken, fingerprint)
"""
Link = tuple[str, str, str]


def with_rejected_links(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, Decision], found: Sequence[Found], *, as_of: date
) -> dict[str, Decision]:
    """Return the decisions, and for each further exception whose every link was rejected the decision that did it.

    A mistaken account is thereby mistaken at every official account and for every check, until the decision ends.
    """
    rejected = _rejected(db, decisions, as_of)
    inherited = {
        one.fingerprint: decision
        for one in found
        if one.fingerprint not in decisions and (decision := _of_all(_links(one), rejected))
    }
    return {**decisions, **inherited}


def _rejected(db: duckdb.DuckDBPyConnection, decisions: Mapping[str, Decision], as_of: date) -> dict[Link, Decision]:
    standing = {
        fingerprint: one
        for fingerprint, one in decisions.items()
        if one.verdict == "mistaken" and (one.until is None or one.until >= as_of)
    }
    rows = db.execute(_LINKS, {"mistaken": sorted(standing)}).fetchall() if standing else []
    return {(platform, actor, person): standing[fingerprint] for fingerprint, platform, actor, person in rows}


def _links(one: Found) -> list[Link]:
    if one.subject_kind != "actor" or not one.evidence.get("roll_id"):
        return []
    return [(one.platform, one.subject_id, person) for person in one.evidence["roll_id"].split(", ")]


def _of_all(links: Sequence[Link], rejected: Mapping[Link, Decision]) -> Decision | None:
    """Return the decision that ends first of those that rejected all these links; None if one of them stands."""
    if not links or any(link not in rejected for link in links):
        return None
    return min((rejected[link] for link in links), key=lambda one: one.until or date.max)
