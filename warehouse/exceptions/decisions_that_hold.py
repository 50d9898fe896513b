"""For which exceptions of a run the decisions hold: each for what it was about, and a rejected link wherever it stands.

Once a case is about another person, other words, another picture or other facts, the decision falls. A link that was
rejected once is not raised again elsewhere; the declarations of evidence say which checks link accounts.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from warehouse.questions import question

# Platform, account, whom it concerns, the hash of a person, and whether a register declared the account as theirs.
Link = tuple[str, str, str, str, str]


class ReadDecisions(NamedTuple):
    """What a run read of people's decisions: what stands, and how many of each case, heeded or not, by fingerprint."""

    standing: Mapping[str, StandingDecision]
    read: Mapping[str, int]


def with_rejected_links(
    db: duckdb.DuckDBPyConnection,
    decisions: Mapping[str, StandingDecision],
    exceptions: Sequence[ExceptionFound],
    *,
    run_id: str,
    as_of: date,
) -> dict[str, StandingDecision]:
    """Return the decisions, and for each further exception whose every link was rejected the decision that did it.

    So a mistaken account is mistaken at every official account and for every check that asks whose account it
    is, until the decision ends. The declarations of this run must have been written.
    """
    rejected = _rejected(db, decisions, as_of)
    linking = dict(db.execute(question("checks_that_link"), {"run_id": run_id}).fetchall()) if rejected else {}
    inherited = {
        exception.fingerprint: decision
        for exception in exceptions
        if exception.fingerprint not in decisions
        and exception.check_id in linking
        and (decision := _of_all(_links_of(exception, linking[exception.check_id]), rejected))
    }
    return {**decisions, **inherited}


def _rejected(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, StandingDecision], as_of: date
) -> dict[Link, StandingDecision]:
    standing = {
        fingerprint: decision
        for fingerprint, decision in decisions.items()
        if decision.verdict == "mistaken" and not decision.is_over(as_of)
    }
    rows = db.execute(question("rejected_links"), {"mistaken": sorted(standing)}).fetchall() if standing else []
    return {
        link: standing[fingerprint]
        for fingerprint, platform, account, concerns, about in rows
        for link in _links(platform, account, concerns, json.loads(standing[fingerprint].about or about or "{}"))
    }


def _links_of(exception: ExceptionFound, account_label: str | None) -> list[Link]:
    account = exception.evidence.get(account_label) if account_label else exception.subject_id
    return _links(exception.platform, account, exception.concerns, exception.about)


def _links(platform: str, account: str | None, concerns: str, about: Mapping[str, str]) -> list[Link]:
    people = about.get("person", "").split() if account else []
    return [(platform, account or "", concerns, person, about.get("declaration", "")) for person in people]


def _of_all(links: Sequence[Link], rejected: Mapping[Link, StandingDecision]) -> StandingDecision | None:
    """Return the decision that ends first of those that rejected all these links; None if one of them stands."""
    if not links or any(link not in rejected for link in links):
        return None
    return min((rejected[link] for link in links), key=lambda decision: decision.until or date.max)


def decided_of(
    decision: StandingDecision | None, about: Mapping[str, str], as_of: date, *, may_wait: bool = True
) -> dict[str, Any]:
    """Return what was decided of a case that is about this: as it stands, or as it fell.

    A plan counts as long as the case may wait: not once it is critical, or is another one.
    """
    nothing = {"decision": None, "decided_until": None, "fallen_decision": None, "fallen_on": None, "fallen_for": None}
    if decision is None or decision.is_over(as_of) or (decision.verdict == "planned" and not may_wait):
        return nothing
    if kinds := decision.differs(about):
        fell_on = decision.at.date() if decision.at else None
        return nothing | {"fallen_decision": decision.verdict, "fallen_on": fell_on, "fallen_for": list(kinds)}
    return nothing | {"decision": decision.verdict, "decided_until": decision.until}


def falls(before: Mapping[str, Any] | None, decided: Mapping[str, Any]) -> bool:
    """Say whether a decision falls in this run, and had not fallen before."""
    return decided["fallen_decision"] is not None and (before is None or before["fallen_decision"] is None)


def is_back(before: Mapping[str, Any], decided: Mapping[str, Any]) -> bool:
    """Say whether the day is over until which it was allowed, so that it is due again."""
    return before["decision"] == "allowed" and decided["decision"] is None and decided["fallen_decision"] is None
