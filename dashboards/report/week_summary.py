"""Say the week in a sentence, and say loudly what was not seen: the first things a reader meets."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from dashboards.report.exception_groups import Tally
from dashboards.report.headings import in_words, is_doubtful
from dashboards.report.model import AccountCoverage, CheckCoverage, Week
from dashboards.report.operations import Pull
from dashboards.report.words import count, day, listed, number, refusal, source


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know before anything else."""

    title: str
    text: str
    what_to_do: str | None
    is_severe: bool = True


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
            return f"Nothing{about} was found in what could be seen; {of_all}{_waiting(week)}."
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
    changes = listed([part for part in parts if part])
    return f"{changes}; {of_all}{_waiting(week)}." if blind else f"{changes}; every check saw everything."


def _waiting(week: Week) -> str:
    unread = sum(row.unread or 0 for row in week.coverage)
    return f"; {count(unread, 'text waits', 'texts wait')} for a person to read" if unread else ""


def checks_without_full_view(week: Week) -> int:
    """Return how many checks could not tell, saw some list only in part, or have texts that wait for a person."""
    blind = {row.check_id for row in week.coverage if row.verdict == "could_not_tell" or row.unread}
    partly = {row.check_id for row in week.account_coverage if not row.is_enough}
    return len(blind | partly)


def notices(week: Week) -> tuple[Notice, ...]:
    """Return what must be said first: failed sources, columns and files not read, failed data-quality checks."""
    all_notices = [_of_pull(pull) for pull in week.pulls if pull.state != "complete"]
    all_notices += [_of_archive(pull) for pull in week.pulls if pull.archive_is_old]
    if not week.run.is_complete and not all_notices:
        all_notices.append(Notice("This run is not complete.", _NOTHING_CLOSED, "Run the audit again."))
    all_notices += [*_of_headings(week), *_of_lost_masters(week)]
    failed = sum(not quality_check.is_passed for quality_check in week.quality_checks)
    if failed:
        title = f"{count(failed, 'data-quality check')} did not pass."
        all_notices.append(Notice(title, "Checks that need that data say “could not tell”.", None, is_severe=False))
    return tuple(all_notices)


_NOTHING_CLOSED = "Nothing that was not seen is reported as kept, and nothing was closed because of it."


def _of_headings(week: Week) -> Iterator[Notice]:
    """Yield a notice for each register with a heading that is likely to be a column which nobody recognised."""
    for register in dict.fromkeys(column.register for column in week.register_columns if is_doubtful(column)):
        sentences = [
            in_words(column) for column in week.register_columns if column.register == register and is_doubtful(column)
        ]
        yield Notice(f"The {register} register has a column that was not read.", " ".join(sentences), _MAP)


_MAP = "Map the heading under [registers.columns] in school.toml, or name it as docs/registers.md says."


def _of_lost_masters(week: Week) -> Iterator[Notice]:
    if lost := len(week.lost_masters):
        has = "has" if lost == 1 else "have"
        yield Notice(f"{count(lost, 'approved photograph')} {has} no file that can be read.", _NOT_KNOWN, _PUT_BACK)


_NOT_KNOWN = (
    "No posted picture can be known by such a file: one that may be shown is listed as unapproved, one that may not be "
    "shown goes unnoticed."
)
_PUT_BACK = "Put a sound file into the photographs folder, under the name that the register gives."


def _of_pull(pull: Pull) -> Notice:
    name = source(pull.source)
    how = "not seen" if pull.state == "failed" else "seen only in part"
    why = pull.error_text or f"Why: {refusal(pull.error_kind)}."
    return Notice(
        f"{name} {'were' if name.endswith('s') else 'was'} {how} this week.",
        f"{why} {_NOTHING_CLOSED}",
        pull.what_to_do,
    )


def _of_archive(pull: Pull) -> Notice:
    made = "does not say when it was made" if pull.archive_made_on is None else f"is of {day(pull.archive_made_on)}"
    return Notice(f"{source(pull.source)} {made}; nothing later was seen.", _NOTHING_CLOSED, _NEW_ARCHIVE)


_NEW_ARCHIVE = "Ask X for a new archive, and name it in school.toml before the next run."


def unseen(week: Week) -> tuple[Seen, ...]:
    """Return every list that was not seen and judged whole, and every check that could not tell for another reason.

    Texts that nobody has read are one: it is not known what they are.
    """
    partly = [_seen(week, row) for row in week.account_coverage if not row.is_enough]
    seen_partly = {row.check_id for row in week.account_coverage if not row.is_enough}
    others = [
        Seen((row.check_id,), "", None, row.platform_count, row.fetched, row.judged, row.why or _in_counts(row))
        for row in week.coverage
        if row.unread or (row.verdict == "could_not_tell" and row.check_id not in seen_partly)
    ]
    return _each_list_once([*partly, *others])


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
    account = None if week.tier in {"governors", "headteacher"} else row.account_handle or row.account_id
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
