"""Asks one check and says what came of it, in one of four words.

kept             every account was wholly seen and judged in this run, and nothing was found or is left to be read
exceptions       something was found; `why` still tells what could not be seen
could_not_tell   nothing was found but not everything was seen, or texts wait for a person to read them, or a
                 data-quality check failed: what was found is listed
not_applicable   the school has no account where this check looks, or none on which it has a meaning
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, get_args

import duckdb
import polars as pl

from checks import registers
from checks.about import about, identities, roll_ids
from checks.asked_once import AskedOnce
from checks.coverage import look
from checks.evidence import CONCERNS, LEADING, NO_EVIDENCE, SCORE, UNREAD
from checks.model import Check, CheckError, Concern, fingerprint
from checks.outcome import Outcome, concluded, nowhere
from checks.registers import unsure
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound, UnreadText


def listed_and_unread(
    check: Check, answer: Sequence[tuple[ExceptionFound, Mapping[str, Any]]], decisions: Mapping[str, StandingDecision]
) -> tuple[tuple[ExceptionFound, ...], tuple[UnreadText, ...]]:
    """Return the exceptions, and the texts that nobody has read.

    What a person read and confirmed is an exception; what a person read and set aside is neither, and a decision about
    other words does not count.
    """
    exceptions, unread = [], []
    for exception, row in answer:
        decision = decisions.get(exception.fingerprint)
        verdict = None if decision is None or decision.differs(exception.about) else decision.verdict
        if row.get(UNREAD) is None or verdict == "confirmed":
            exceptions.append(exception)
        elif verdict is None:
            unread.append(UnreadText(exception=exception, families=row[UNREAD], score=row[SCORE]))
    if unread and check.may is None:
        raise CheckError(f"{check.id} answers with texts to be read and does not say what they may be.")
    return tuple(exceptions), tuple(unread)


_NOTHING_DECIDED: Mapping[str, StandingDecision] = MappingProxyType({})
_QUALITY = (
    "A data-quality check on what this check looks at did not pass: what is listed may be wrong, and more may be there."
)


def judge(
    run: AskedOnce,
    check: Check,
    *,
    as_of: date,
    parameters: Mapping[str, Any],
    applies_to: Sequence[tuple[str, str]],
    doubtful_populations: frozenset[str],
    key: str,
    decisions: Mapping[str, StandingDecision] = _NOTHING_DECIDED,
) -> Outcome:
    """Return the check's outcome on these official accounts (platform, account id) in the run at hand.

    A failed data-quality check guards `doubtful_populations`; the school's `key` is for the hashes of what an exception
    is about; `decisions` are those that stand, by fingerprint, of people who read a text that was not listed. Raises
    CheckError when the warehouse stands at another day than `as_of`, or when the answer is not of the form of checks.
    """
    db = run.db
    _stands_at(run, as_of)
    accounts = [account for account in applies_to if account[0] in check.sources]
    if not accounts:
        return nowhere(check)
    if check.only:
        sql, otherwise = check.only
        meant = set(run.rows(sql))
        accounts = [account for account in accounts if account in meant]
        if not accounts:
            return Outcome(check.id, "not_applicable", None, 0, 0, otherwise)
    parameters = check.with_defaults(parameters)
    answer = _answered(db, check, check.judge(db, as_of, parameters), accounts, key)
    exceptions, unread = listed_and_unread(check, answer, decisions)
    missing = (*unsure(run, check.needs, parameters, heeds=check.heeds), *registers.unseen(run, check, parameters))
    is_doubted = check.coverage in doubtful_populations
    unseen = check.unseen(db, as_of, parameters) if check.unseen else None
    seen = Outcome(
        check.id,
        "could_not_tell",
        *(None, 0, 0, ""),
        exceptions,
        tuple(look(run, check, accounts)),
        is_blind=bool(missing),
        unread=unread,
        told=tuple(filter(None, (_QUALITY if is_doubted else None, *missing, unseen))),
        is_doubted=is_doubted,
        remark=check.remark(db, as_of, parameters) if check.remark else None,
    )
    return concluded(check, seen)


def _stands_at(run: AskedOnce, as_of: date) -> None:
    days = [day for (day,) in run.rows("select as_of from core.audit")]
    if days != [as_of]:
        raise CheckError(f"The warehouse does not stand at the run of {as_of}; begin that run first.")


def _answered(
    db: duckdb.DuckDBPyConnection, check: Check, answer: pl.DataFrame, accounts: Sequence[tuple[str, str]], key: str
) -> Sequence[tuple[ExceptionFound, Mapping[str, Any]]]:
    """Return each row of the answer on these accounts, as an exception and as it was given, in order."""
    if tuple(answer.columns[: len(LEADING)]) != LEADING:
        raise CheckError(f"{check.id} must answer with the columns {', '.join(LEADING)} first.")
    _answers_as_declared(check, answer.columns)
    here = set(accounts)
    rows = [row for row in answer.iter_rows(named=True) if (row["platform"], row["account_id"]) in here]
    people = identities(db, {person for row in rows for person in roll_ids(row)})
    answered = [(_exception(check, row, about(check.evidence, row, people, key=key)), row) for row in rows]
    answered.sort(key=lambda pair: (pair[0].platform, pair[0].account_id, pair[0].subject_id))
    if len({exception.fingerprint for exception, _ in answered}) != len(answered):
        raise CheckError(f"{check.id} answers with the same subject twice.")
    return answered


def _answers_as_declared(check: Check, answered: Sequence[str]) -> None:
    """Raise CheckError unless the evidence of the answer is what the check declares, label by label."""
    labels = {*answered} - NO_EVIDENCE
    declared = {evidence.label for evidence in check.evidence}
    if undeclared := sorted(labels - declared):
        raise CheckError(f"{check.id} answers with evidence that it does not declare: {', '.join(undeclared)}.")
    if missing := sorted(declared - labels):
        raise CheckError(f"{check.id} declares evidence that it does not answer with: {', '.join(missing)}.")


def _exception(check: Check, row: Mapping[str, Any], hashes: Mapping[str, str]) -> ExceptionFound:
    lead = [row[name] for name in LEADING]
    if None in lead:
        raise CheckError(f"{check.id} answers with a row that lacks its subject or its reason.")
    platform, account_id, subject_id, reason = map(str, lead)
    concerns: Concern = row.get(CONCERNS) or check.concerns
    if concerns not in get_args(Concern):
        raise CheckError(f"{check.id} answers with a row that concerns none of: {', '.join(get_args(Concern))}.")
    return ExceptionFound(
        fingerprint=fingerprint(check.id, platform, account_id, subject_id),
        check_id=check.id,
        platform=platform,
        account_id=account_id,
        subject_id=subject_id,
        subject_kind=check.subject_kind,
        concerns=concerns,
        reason=reason,
        evidence={label: str(value) for label, value in row.items() if label not in NO_EVIDENCE and value is not None},
        change_key=check.change_key,
        about=hashes,
    )
