"""Asks each check of the pack once per distinct parameters, and says which clauses break by what it found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial, reduce
from typing import Any, get_args

from checks.asked_once import AskedOnce
from checks.model import Check
from checks.outcome import Outcome, joined, narrowed
from checks.run import judge
from flows.home.claims import why_unclaimed
from flows.home.context import Context
from flows.weekly.advising import told
from flows.weekly.self_test import places_of
from policies.calendar import due_on
from policies.decisions import StandingDecision, may_wait
from policies.exceptions import ExceptionFound
from policies.model import Clause
from policies.question import Question, Severity
from policies.roles import with_titles
from warehouse.exceptions.outcomes import CheckText, Judged


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """One question of a clause: `whole` is what its check came to, `outcome` what of that is about the clause."""

    clause: Clause
    question: Question
    whole: Outcome
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """One check of the pack, and what came of it for each question that calls for it, in the order of the clauses."""

    check: Check
    askings: tuple[PutQuestion, ...]

    @property
    def outcome(self) -> Outcome:
        """What the check came to for all that ask it."""
        return joined(self.check, [asking.outcome for asking in self.askings])

    @property
    def unlisted(self) -> Iterator[ExceptionFound]:
        """All that was found and is no exception: a person has to read it first, or no clause asks for it."""
        listed = {one.fingerprint for one in self.outcome.exceptions}
        for asking in self.askings:
            for one in (*asking.whole.exceptions, *(text.exception for text in asking.whole.unread)):
                if one.fingerprint not in listed:
                    yield one


def ask(
    context: Context,
    run: AskedOnce,
    check: Check,
    failed: frozenset[str],
    decisions: Mapping[str, StandingDecision],
) -> AskedCheck:
    """Judge the run at hand by one check; `failed` are the populations that a data-quality check guards."""
    ways: list[tuple[dict[str, Any], Outcome]] = []
    askings = []
    for clause, question in context.pack.asked(check.id):
        parameters = check.with_defaults(question.parameters)
        whole = next((outcome for given, outcome in ways if given == parameters), None)
        if whole is None:
            whole = judge(
                run,
                check,
                as_of=context.as_of,
                parameters=parameters,
                applies_to=places_of(context, check),
                doubtful_populations=failed,
                key=context.names_key,
                decisions=decisions,
            )
            ways.append((parameters, whole))
        outcome = _unless_unclaimed(context, check, question, narrowed(check, whole, question.only))
        askings.append(PutQuestion(clause, question, whole, outcome))
    return AskedCheck(check, tuple(askings))


def _unless_unclaimed(context: Context, check: Check, question: Question, outcome: Outcome) -> Outcome:
    where = set(check.sources).intersection(question.only.platforms or check.sources)
    unseen = tuple(why_unclaimed(account) for account in context.unclaimed if account.platform in where)
    if outcome.verdict != "not_applicable" or not unseen:
        return outcome
    return replace(outcome, verdict="could_not_tell", why=" ".join(unseen), told=unseen)


def weighed(context: Context, asked: AskedCheck) -> list[ExceptionFound]:
    """Return the exceptions, each with all the clauses that it breaks, and what each way of asking found of it.

    It is as severe as the most severe of these says, and due, if it is new, as early as any of them says; its owner is
    whom the first of the questions that it breaks names, if one does.
    """
    found: dict[str, list[tuple[PutQuestion, ExceptionFound]]] = {}
    for asking in asked.askings:
        for one in asking.outcome.exceptions:
            found.setdefault(one.fingerprint, []).append((asking, one))
    return [_weighed(context, asked.check, broken) for broken in found.values()]


def _weighed(context: Context, check: Check, broken: Sequence[tuple[PutQuestion, ExceptionFound]]) -> ExceptionFound:
    whole = reduce(partial(_beside, check), (one for _, one in broken))
    ways = [(asking.question, asking.question.severity_of(one.evidence)) for asking, one in broken]
    severity = min((severity for _, severity in ways), key=get_args(Severity).index)
    waits = may_wait(severity, whole.evidence, [check.days_to_act, *(_days_to_act(check, each) for each, _ in ways)])
    day = context.school.desk.counts_from(context.as_of) if waits else context.as_of
    calendar = context.school.calendar
    return replace(
        whole,
        severity=severity,
        may_wait=waits,
        due_on=min(due_on(calendar, day, _days_to_act(check, each), says, each.counts) for each, says in ways),
        breaks=tuple(dict.fromkeys(asking.clause.id for asking, _ in broken)),
        owner_role=next((asking.question.owner_role for asking, _ in broken if asking.question.owner_role), None),
    )


def _beside(check: Check, one: ExceptionFound, other: ExceptionFound) -> ExceptionFound:
    """Return what two ways of asking found of one subject: what a decision about it is about holds both."""
    if one.about == other.about:
        return one
    both = {declared.label for declared in check.evidence if declared.changes or declared.about or declared.links}
    evidence = {**other.evidence, **one.evidence}
    evidence |= {label: _each(", ", one.evidence, other.evidence, label) for label in both & evidence.keys()}
    kinds = dict.fromkeys((*one.about, *other.about))
    reason = one.reason if other.reason in one.reason else f"{one.reason} {other.reason}"
    about = {kind: " ".join(sorted(set(_each(" ", one.about, other.about, kind).split()))) for kind in kinds}
    return replace(one, reason=reason, evidence=evidence, about=about)


def _each(between: str, one: Mapping[str, str], other: Mapping[str, str], label: str) -> str:
    """Return the parts that either says under a label, each once."""
    said = [said[label] for said in (one, other) if said.get(label)]
    return between.join(dict.fromkeys(part for value in said for part in value.split(between)))


def _days_to_act(check: Check, question: Question) -> int:
    return check.days_to_act if question.days_to_act is None else question.days_to_act


def texts(context: Context, asked: AskedCheck) -> Iterator[CheckText]:
    """Yield what the check says of its exceptions under each clause that calls for it."""
    check = asked.check
    for clause, question in {one.clause.id: (one.clause, one.question) for one in asked.askings[::-1]}.values():
        owners = {asking.question.owner_role for asking in asked.askings if asking.clause is clause}
        yield CheckText(
            check_id=check.id,
            check_title=check.title,
            finding_one=check.finding.one,
            finding_many=check.finding.many,
            pack=context.pack.id,
            clause=clause.id,
            clause_says=clause.says,
            why=check.why,
            next_step=f"{with_titles(check.next_step)} {told(clause)}".strip(),
            do_not=with_titles(check.do_not),
            # Where the questions of a clause name several, each exception says whose it is.
            owner_role=(question.owner_role if len(owners) == 1 else None) or check.owner_role,
            days_to_act=_days_to_act(check, question),
        )


def seen(as_of: date, failed: frozenset[str], asked: AskedCheck) -> Iterator[Judged]:
    """Yield what the check could see of each official account, and whether an absence there may close anything."""
    check = asked.check
    for asking in asked.askings:
        days = _looks_back(asked, asking)
        for place in asking.outcome.coverage:
            yield Judged(
                check.id,
                check.population,
                place.platform,
                place.account_id,
                may_close=check.coverage not in failed and not asking.outcome.is_blind,
                is_whole=place.is_whole,
                since=None if days is None else as_of - timedelta(days=days),
                only=asking.question.only,
            )


def _looks_back(asked: AskedCheck, asking: PutQuestion) -> int | None:
    """Return how many days a question looks back, with all that ask alike but for that: the wider look counts."""
    if asked.check.looks_back is None:
        return None
    _, alike = _way(asked.check, asking)
    return max(days for days, way in (_way(asked.check, other) for other in asked.askings) if way == alike)


def _way(check: Check, asking: PutQuestion) -> tuple[int, dict[str, Any]]:
    parameters = check.with_defaults(asking.question.parameters)
    return int(parameters.pop(check.looks_back or "")), parameters
