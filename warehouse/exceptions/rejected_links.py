"""Which person a person said that an account is not: a link that was rejected once is not raised again elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from warehouse.casebook.casebook import Decision
from warehouse.exceptions.raised import Found

# Checks whose question is whose account it is, each about people of the register that it concerns: to be mistaken in
# another (an approved follower, a look-alike) says nothing of that.
WHOSE = (
    "pupil_follower",
    "leaver_follower",
    "staff_follower",
    "governor_follower",
    "pupil_comment",
    "personal_account_comment",
    "staff_repost",
)
_LINKS = """
with newest as (
    select *
    from outcome.exceptions
    where subject_kind = 'actor' and list_contains($mistaken, fingerprint) and list_contains($whose, check_id)
    qualify row_number() over (partition by fingerprint order by run_id desc) = 1
)

select
    fingerprint,
    platform,
    subject_id,
    concerns,
    unnest(string_split(json_extract_string(evidence, '$.roll_id'), ', ')) as person_id
from newest
"""
Link = tuple[str, str, str, str]


def with_rejected_links(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, Decision], found: Sequence[Found], *, as_of: date
) -> dict[str, Decision]:
    """Return the decisions, and for each further exception whose every link was rejected the decision that did it.

    A mistaken account is thereby mistaken at every official account and for every check that asks whose account it
    is, until the decision ends.
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
    rows = db.execute(_LINKS, {"mistaken": sorted(standing), "whose": list(WHOSE)}).fetchall() if standing else []
    return {tuple(link): standing[fingerprint] for fingerprint, *link in rows}


def _links(one: Found) -> list[Link]:
    if one.check_id not in WHOSE or not one.evidence.get("roll_id"):
        return []
    return [(one.platform, one.subject_id, one.concerns, person) for person in one.evidence["roll_id"].split(", ")]


def _of_all(links: Sequence[Link], rejected: Mapping[Link, Decision]) -> Decision | None:
    """Return the decision that ends first of those that rejected all these links; None if one of them stands."""
    if not links or any(link not in rejected for link in links):
        return None
    return min((rejected[link] for link in links), key=lambda one: one.until or date.max)


def with_ref(copy: duckdb.DuckDBPyConnection, ref: str) -> list[tuple[str, str]]:
    """Return fingerprint and check of each exception in the newest run of a published copy that begins with `ref`."""
    return copy.execute(
        "select fingerprint, check_id from published.exceptions where starts_with(fingerprint, ?) "
        "and run_id = (select max(run_id) from published.runs) order by fingerprint",
        [ref],
    ).fetchall()
