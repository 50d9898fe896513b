"""Gives each exception the advice that its evidence asks for, where that is other than its check says of all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flows.home.context import Context
from policies.calendar import due_on
from policies.decisions import may_wait
from policies.exceptions import ExceptionFound
from policies.guidance import advise
from policies.model import Clause
from policies.question import Question
from policies.roles import tell
from warehouse.exceptions.outcomes import CheckText


def told(clause: Clause) -> str:
    """Return in sentences whom a clause wants to be told of a breach; empty where it names nobody."""
    each = (tell(told.role, told.within_days, told.when) for told in clause.tell)
    return " ".join(sentence.replace("tell", "Tell", 1) for sentence in each)


def advised(context: Context, exceptions: Iterable[ExceptionFound], texts: Iterable[CheckText]) -> list[ExceptionFound]:
    """Return the exceptions with the advice for each; `texts` are what their checks say under each clause.

    An owner whom the policy or the school names for a clause stays; a step's day wins where it is the sooner.
    """
    said = {(text.check_id, text.clause): text for text in texts}
    return [_advised(context, one, said[one.check_id, one.breaks[0]]) for one in exceptions]


def _advised(context: Context, one: ExceptionFound, text: CheckText) -> ExceptionFound:
    asked = context.pack.asked(one.check_id)
    clause, question = next((clause, asks) for clause, asks in asked if clause.id in one.breaks)
    advice = advise(one, text.next_step, text.do_not, context.school.school.nation, also=told(clause))
    if advice is None:
        return one
    days = advice.days_to_act
    waits = one.may_wait and (days is None or may_wait(one.severity, one.evidence, [days]))
    one = replace(one, may_wait=waits)
    return replace(
        one,
        next_step=advice.next_step,
        do_not=advice.do_not,
        owner_role=one.owner_role or advice.owner_role,
        due_on=_due_on(context, one, question, days),
    )


def _due_on(context: Context, one: ExceptionFound, question: Question, days: int | None) -> date | None:
    if days is None or one.severity is None:
        return one.due_on
    day = context.school.desk.counts_from(context.as_of) if one.may_wait else context.as_of
    sooner = due_on(context.school.calendar, day, days, one.severity, question.counts)
    return min(sooner, one.due_on or sooner)
