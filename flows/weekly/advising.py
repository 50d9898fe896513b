"""What a check says of its exceptions in a run, and of one of them where its evidence asks for other advice."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from checks.model import Check
from flows.home.context import Context
from policies.calendar import due_on
from policies.exceptions import ExceptionFound
from policies.guidance import Advice, advise
from policies.model import Clause
from policies.question import Question
from policies.roles import tell, with_titles
from warehouse.exceptions.outcomes import CheckText


def text_of(context: Context, check: Check, clause: Clause, question: Question) -> CheckText:
    """Return what a check, and the clause that calls for it, say of all its exceptions in a run."""
    return CheckText(
        check_id=check.id,
        check_title=check.title,
        finding_one=check.finding.one,
        finding_many=check.finding.many,
        pack=context.pack.id,
        clause=clause.id,
        clause_says=clause.says,
        why=check.why,
        next_step=f"{with_titles(check.next_step)} {_told(clause)}".strip(),
        do_not=with_titles(check.do_not),
        owner_role=question.owner_role or check.owner_role,
        days_to_act=check.days_to_act if question.days_to_act is None else question.days_to_act,
    )


def advised(
    context: Context, exceptions: Iterable[ExceptionFound], texts: Mapping[tuple[str, str], CheckText]
) -> list[ExceptionFound]:
    """Return the exceptions with the advice for each; `texts` are what their checks say, by check and clause.

    An owner whom the policy or the school names for the clause stays; a step's day wins where it is the sooner.
    """
    return [_advised(context, one, texts[one.check_id, one.breaks[0]]) for one in exceptions]


def _advised(context: Context, one: ExceptionFound, text: CheckText) -> ExceptionFound:
    clause = next(clause for clause in context.pack.clause if clause.id == text.clause)
    advice = advise(one, text.next_step, text.do_not, context.school.school.nation, also=_told(clause))
    if advice is None:
        return one
    asking = (question for question in clause.checks if question.check == one.check_id)
    question = next(each for each in asking if each.only.holds(one.platform, one.concerns, one.evidence))
    return replace(
        one,
        next_step=advice.next_step,
        do_not=advice.do_not,
        owner_role=question.owner_role or advice.owner_role,
        due_on=_due_on(context, one, question, advice),
    )


def _due_on(context: Context, one: ExceptionFound, question: Question, advice: Advice) -> date | None:
    if advice.days_to_act is None or one.severity is None:
        return one.due_on
    sooner = due_on(context.school.calendar, context.as_of, advice.days_to_act, one.severity, question.counts)
    return min(sooner, one.due_on or sooner)


def _told(clause: Clause) -> str:
    each = (tell(told.role, told.within_days, told.when) for told in clause.tell)
    return " ".join(sentence.replace("tell", "Tell", 1) for sentence in each)
