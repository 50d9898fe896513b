"""The first things a reader meets: the week in a sentence, what there is to do, and what was not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from itertools import groupby

from dashboards.report.exception_groups import NEW, Group, Section, Tally, by_due, gravity
from dashboards.report.model import COUNTS_ONLY, AccountCoverage, CheckCoverage, TextToRead, Week
from dashboards.report.small_numbers import week_in_words
from dashboards.report.words import count, day, listed, number, source

A_WEEKS_CASES = 25  # that somebody is asked to look at in a week of a first look


@dataclass(frozen=True, slots=True)
class Seen:
    """What the checks that rest on one list saw of it, in figures and in words."""

    checks: tuple[str, ...]
    platform: str
    account: str | None
    platform_count: int | None
    fetched: int | None
    judged: int | None
    words: str


def summary(week: Week, figures: Tally) -> str:
    """Return the state of the week in one sentence."""
    if in_bands := week_in_words(week.shown_counts):
        return in_bands
    if not week.coverage and not figures.standing and not figures.gone:
        return "Nothing was judged in this run."
    if not figures.standing:
        about = " about a pupil, a picture or a comment" if week.tier == "dsl" else ""
        is_whole = all(row.is_enough for row in week.account_coverage) and not week.accounts_left
        if could_not_tell(week) or figures.unread or week.waiting_texts or not is_whole:
            return f"Nothing{about} is open in what could be seen."
        return f"Nothing to do: no exception{about} is open, and every check saw everything."
    known = figures.standing - figures.to_do
    if figures.backlog > A_WEEKS_CASES:
        urgent = figures.to_do - figures.backlog
        first = f"The first look found {figures.to_do:,}; {urgent:,} cannot wait"
        return f"{first}; the other {figures.backlog:,} can be planned at the desk."
    parts = [
        f"{figures.to_do:,} to look at now" if figures.to_do else "Nothing new",
        f"{known:,} {'more ' if figures.to_do else ''}{'is' if known == 1 else 'are'} known" if known else "",
        f"{figures.overdue:,} {'is' if figures.overdue == 1 else 'are'} late" if figures.overdue else "",
    ]
    return "; ".join(part for part in parts if part) + "."


def caveats(week: Week, figures: Tally) -> str:
    """Return what must be said beside the figures: what was not done, checks that could not tell, unread texts."""
    blind = len(could_not_tell(week))
    undone = sum(bool(said) and said[-1].is_undone_work for said in week.said.values())
    was, is_ = ("was", "is") if undone == 1 else ("were", "are")
    lost = len(_lost(week)) if week.run.is_complete else 0  # else the sources that came short are told, and why
    parts = [
        f"{count(undone, 'case')} that {was} said to be dealt with {is_} still there." if undone else "",
        f"{blind:,} of {count(len(week.coverage), 'check')} could not tell." if blind else "",
        f"Seen whole in the run before, and not now: {count(lost, 'list')}." if lost else "",
        f"Taken out, and read no more: {count(len(left), 'account')}." if (left := week.accounts_left) else "",
        f"{count(figures.unread, 'text waits', 'texts wait')} for a person to read." if figures.unread else "",
        f"{week.waiting_texts} texts wait for a person to read." if week.waiting_texts else "",
    ]
    return " ".join(part[:1].upper() + part[1:] for part in parts if part)


def could_not_tell(week: Week) -> tuple[CheckCoverage, ...]:
    """Return the checks that could not tell; this and nothing else is counted as such, on every page."""
    return tuple(row for row in week.coverage if row.verdict == "could_not_tell")


def unseen(week: Week) -> tuple[Seen, ...]:
    """Return what was seen in the run before and not now, and checks that could not tell for want of anything else."""
    partly = {row.check_id for row in week.account_coverage if not row.is_enough}
    others = [
        Seen((row.check_id,), "", None, row.platform_count, row.fetched, row.judged, row.why or _in_counts(row))
        for row in week.coverage
        if row.unread or (row.verdict == "could_not_tell" and row.check_id not in partly)
    ]
    return _each_list_once([*_lost(week), *others])


def _lost(week: Week) -> tuple[Seen, ...]:
    return _each_list_once([_seen(week, row) for row in week.account_coverage if row.was_enough and not row.is_enough])


def seen_in_part(week: Week) -> tuple[Seen, ...]:
    """Return the lists that were seen in part, as in the run before: read down to what is known, or never shown."""
    return _each_list_once([_seen(week, row) for row in week.account_coverage if not (row.is_enough or row.was_enough)])


def _in_counts(row: CheckCoverage) -> str:
    if row.unread:
        return f"{count(row.unread, 'text')} may be what this check looks for; a person should read what is not listed."
    return "There was nothing that could be judged."


def seen_whole(week: Week) -> tuple[Seen, ...]:
    """Return every list that was seen and judged whole."""
    return _each_list_once([_seen(week, row) for row in week.account_coverage if row.is_enough])


def _each_list_once(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the lists in the order of their first check, each with all checks that saw the same of it."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for list_seen in seen:
        alike.setdefault(astuple(list_seen)[1:], []).extend(list_seen.checks)
    return tuple(
        replace(list_seen, checks=tuple(alike.pop(key)))
        for list_seen in seen
        if (key := astuple(list_seen)[1:]) in alike
    )


def _seen(week: Week, row: AccountCoverage) -> Seen:
    account = None if week.tier in COUNTS_ONLY else row.account_handle or row.account_id
    figures = (row.platform_count, row.fetched, row.judged)
    return Seen((row.check_id,), row.platform, account, *figures, row.why or _in_figures(row))


def _in_figures(row: AccountCoverage) -> str:
    if not row.fetched and not row.is_enough:
        return "Nothing was fetched, so nothing could be judged."
    judged = f"{number(row.fetched or 0)} fetched, {number(row.judged or 0)} judged"
    if row.platform_count is None:
        return f"{judged}; the platform gives no count of its own."
    missing = row.platform_count - (row.fetched or 0)
    rest = f"; {number(missing)} not shown to us" if missing > 0 else ""
    return f"The platform counts {number(row.platform_count)}; {judged}{rest}."


KNOWN = ("open", "not_seen", "suspended")


def agenda(chapters: Mapping[str, Section]) -> tuple[Group, ...]:
    """Return what wants a person's eye now, the most severe first: all that is new, changed or back."""
    groups = [group for key in NEW for group in chapters[key].groups]
    return tuple(sorted(groups, key=lambda group: (gravity(group.first), *by_due(group.first))))


@dataclass(frozen=True, slots=True)
class LateTask:
    """How many known exceptions of one role are late, the day on which the oldest was due, and where they stand."""

    owner_role: str
    how_many: int
    due_on: date
    key: str


def late_tasks(chapters: Mapping[str, Section]) -> tuple[LateTask, ...]:
    """Return the late exceptions that are known from earlier runs, by whose task they are, the most first."""
    late: dict[str, list[tuple[date, str]]] = {}
    for key in KNOWN:
        for group in chapters[key].groups:
            where = f"{key}-{group.first.owner_role}"
            due = [(row.due_on, where) for row in group.rows if row.is_late and row.due_on]
            late.setdefault(group.first.owner_role, []).extend(due)
    tasks = (LateTask(role, len(due), min(due)[0], due[0][1]) for role, due in late.items() if due)
    return tuple(sorted(tasks, key=lambda task: (-task.how_many, task.owner_role)))


SHOWN_AT_ONCE = 20
_NOUNS = {"comment": "comment", "post": "post", "actor": "profile"}


@dataclass(frozen=True, slots=True)
class TextsOfCheck:
    """The texts to read of one check: how many, in words, and a row of a table for each."""

    check_title: str
    how_many: str
    at_once: tuple[TextToRead, ...]
    folded: tuple[TextToRead, ...]


def to_read(texts: Sequence[TextToRead]) -> tuple[TextsOfCheck, ...]:
    """Return the texts by check, those that are most likely shown at once."""
    by_check = [tuple(group) for _, group in groupby(texts, key=lambda text: text.check_id)]
    return tuple(
        TextsOfCheck(group[0].check_title, texts_sentence(group), group[:SHOWN_AT_ONCE], group[SHOWN_AT_ONCE:])
        for group in by_check
    )


def texts_sentence(texts: Sequence[TextToRead]) -> str:
    """Return how many texts of one check a person should read, such as `2 comments may be abuse or hate`."""
    families = sorted({family.replace("_", " ") for text in texts for family in text.family.split(", ")})
    what = listed(families).replace(" and ", " or ")
    return f"{count(len(texts), _NOUNS.get(texts[0].subject_kind, 'text'))} may be {what}"


def where(text: TextToRead) -> str:
    """Return where a text stands, and since when."""
    handle = f", {text.account_handle}" if text.account_handle else ""
    return f"{source(text.platform)}{handle}{f', {day(text.posted_on)}' if text.posted_on else ''}"
