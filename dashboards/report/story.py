"""Say the week in a sentence, and say loudly what was not seen: the first things a reader meets."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from dashboards.report.arrange import Tally
from dashboards.report.model import Sight, Week
from dashboards.report.upkeep import Pull
from dashboards.report.words import count, listed, number, refusal, source


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know before anything else."""

    title: str
    text: str
    what_to_do: str | None
    is_grave: bool = True


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


def lede(week: Week, figures: Tally) -> str:
    """Return the state of the week in one sentence."""
    blind = checks_without_full_view(week)
    of_all = f"{blind} of {count(len(week.coverage), 'check')} could not see everything"
    if not figures.standing and not figures.gone:
        if not week.coverage:
            return "Nothing was judged in this run."
        about = " about a pupil, a picture or a comment" if week.tier == "dsl" else ""
        if blind:
            return f"Nothing{about} was found in what could be seen; {of_all}."
        return f"Nothing to do: no exception{about} is open, and every check saw everything."
    parts = [
        f"{figures.new:,} new",
        f"{figures.changed:,} changed" if figures.changed else "",
        f"{figures.reopened:,} came back" if figures.reopened else "",
        f"{figures.still_open:,} still open",
        f"{figures.not_seen:,} not seen" if figures.not_seen else "",
        f"{figures.suspended:,} suspended" if figures.suspended else "",
        f"{figures.gone:,} gone",
    ]
    told = listed([part for part in parts if part])
    return f"{told}; {of_all}." if blind else f"{told}; every check saw everything."


def checks_without_full_view(week: Week) -> int:
    """Return how many checks could not tell, or saw some list only in part."""
    blind = {row.check_id for row in week.coverage if row.verdict == "could_not_tell"}
    partly = {row.check_id for row in week.sight if not row.is_enough}
    return len(blind | partly)


def notices(week: Week) -> tuple[Notice, ...]:
    """Return what must be said first: sources that failed, an unfinished run, gates that did not pass."""
    told = [_of_pull(pull) for pull in week.pulls if pull.state != "complete"]
    if not week.run.is_complete and not told:
        told.append(Notice("This run is not complete.", _NOTHING_CLOSED, "Run the audit again."))
    failed = sum(not gate.is_passed for gate in week.gates)
    if failed:
        title = f"{count(failed, 'data-quality gate')} did not pass."
        told.append(Notice(title, "Checks that need that data say “could not tell”.", None, is_grave=False))
    return tuple(told)


_NOTHING_CLOSED = "Nothing that was not seen is reported as kept, and nothing was closed because of it."


def _of_pull(pull: Pull) -> Notice:
    how = "was not seen" if pull.state == "failed" else "was seen only in part"
    why = pull.error_text or f"Why: {refusal(pull.error_kind)}."
    return Notice(f"{source(pull.source)} {how} this week.", f"{why} {_NOTHING_CLOSED}", pull.what_to_do)


def unseen(week: Week) -> tuple[Seen, ...]:
    """Return every list that was not seen and judged whole, and every check that could not tell for another reason."""
    partly = [_seen(week, row) for row in week.sight if not row.is_enough]
    told = {row.check_id for row in week.sight if not row.is_enough}
    others = [
        Seen((row.check_id,), "", None, row.platform_count, row.fetched, row.judged, row.why or _NOBODY)
        for row in week.coverage
        if row.verdict == "could_not_tell" and row.check_id not in told
    ]
    return _each_list_once([*partly, *others])


_NOBODY = "There was nothing that could be judged."


def seen_whole(week: Week) -> tuple[Seen, ...]:
    """Return every list that was seen and judged whole."""
    return _each_list_once([_seen(week, row) for row in week.sight if row.is_enough])


def _each_list_once(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the lists in the order of their first check, each with all checks that saw the same of it."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for one in seen:
        alike.setdefault(astuple(one)[1:], []).extend(one.checks)
    return tuple(replace(one, checks=tuple(alike.pop(key))) for one in seen if (key := astuple(one)[1:]) in alike)


def _seen(week: Week, row: Sight) -> Seen:
    account = None if week.tier in {"governors", "headteacher"} else row.account_handle or row.account_id
    figures = (row.platform_count, row.fetched, row.judged)
    return Seen((row.check_id,), row.platform, account, *figures, row.why or _in_figures(row))


def _in_figures(row: Sight) -> str:
    if not row.fetched and not row.is_enough:
        return "Nothing was fetched, so nothing could be judged."
    judged = f"{number(row.fetched or 0)} fetched, {number(row.judged or 0)} judged"
    if row.platform_count is None:
        return f"{judged}; the platform gives no count of its own."
    missing = row.platform_count - (row.fetched or 0)
    rest = f"; {number(missing)} not shown to us" if missing > 0 else ""
    return f"The platform counts {number(row.platform_count)}; {judged}{rest}."
