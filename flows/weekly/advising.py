"""Gives each exception the advice that its evidence asks for, where that is other than its check says of all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flows.home.context import Context
from policies.calendar import due_on
from policies.exceptions import ExceptionFound
from policies.guidance import Advice, advise
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
    return replace(
        one,
        next_step=advice.next_step,
        do_not=advice.do_not,
        owner_role=one.owner_role or advice.owner_role,
        due_on=_due_on(context, one, question, advice),
    )


def _due_on(context: Context, one: ExceptionFound, question: Question, advice: Advice) -> date | None:
    if advice.days_to_act is None or one.severity is None:
        return one.due_on
    sooner = due_on(context.school.calendar, context.as_of, advice.days_to_act, one.severity, question.counts)
    return min(sooner, one.due_on or sooner)
