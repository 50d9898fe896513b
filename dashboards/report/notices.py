"""Say before anything else what keeps this week's report from being whole, headings among it, and what to do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.report.model import Week
from dashboards.report.operations import AccountLeft, Pull, ReportedColumn
from dashboards.report.words import count, day, listed, refusal, source
from policies.model import LAW_ONLY


def is_doubtful(column: ReportedColumn) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return column.nearest is not None or (column.state == "missing" and column.heading is not None)


def heading_sentence(column: ReportedColumn) -> str:
    """Return what became of one heading, in a sentence."""
    if column.nearest:
        return f"{column.heading}: did you mean {column.nearest}?"
    if column.state == "missing":
        return f"school.toml maps {column.heading} to {column.column_name}, and the file does not have it."
    return f"Not read; {column.column_name} is read from another." if column.column_name else "Not read."


def lines(columns: Sequence[ReportedColumn]) -> list[list[str]]:
    """Return the rows of a table: register, heading, what became of it; what is simply not there is one row."""
    rows = []
    for register in dict.fromkeys(column.register for column in columns):
        here = [column for column in columns if column.register == register and column.state != "recognised"]
        with_heading = [column for column in here if column.heading is not None]
        rows += [[register, column.heading or "", heading_sentence(column)] for column in with_heading]
        if absent := [column.column_name or "" for column in here if column.heading is None]:
            rows.append([register, "\N{EN DASH}", _absent(absent)])
    return rows


def _absent(names: Sequence[str]) -> str:
    made = " Each person has an id made of name and role." if "person_id" in names else ""
    return f"Not there: {', '.join(names)}.{made}"


NoticeKind = Literal["policy", "run", "registers", "lists", "headings", "photographs", "archive", "quality", "deletion"]
COMMAND = re.compile(r"(audit (?:run|registers|doctor) .*?)(?=; audit |\.?$| \()", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know before anything else; a severe one says what to do, or the command to type.

    `kind` is what has to be put right: a run that is not whole, the registers, and so on.
    """

    title: str
    text: str
    what_to_do: str | None
    kind: NoticeKind
    command: str | None = None
    is_severe: bool = True

    @property
    def steps(self) -> list[str]:
        """What to do, cut into words, a command, words, a command, and so on."""
        return COMMAND.split(self.what_to_do or "")


def notices(week: Week) -> tuple[Notice, ...]:
    """Return what must be said first: failed sources, columns and files not read, failed data-quality checks."""
    all_notices = [_OWN_POLICY] if week.run.pack == LAW_ONLY else []
    all_notices += [of_pull(week, pull) for pull in week.pulls if pull.state != "complete"]
    all_notices += [_of_archive(pull) for pull in week.pulls if pull.archive_is_old]
    all_notices += [*_of_accounts(week.accounts_left), *_of_lists(week)]
    if not week.run.is_complete and not any(pull.state != "complete" for pull in week.pulls):
        all_notices.append(Notice("This run is not complete.", NOTHING_CLOSED, _FINISH, "run", finish(week)))
    all_notices += [*_of_headings(week), *_of_lost_masters(week)]
    all_notices += _of_deletion(week)
    failed = sum(not quality_check.is_passed for quality_check in week.quality_checks)
    if failed:
        title = f"{count(failed, 'data-quality check')} did not pass."
        all_notices.append(Notice(title, _QUALITY, None, "quality", is_severe=False))
    return tuple(all_notices)


_OWN_POLICY = Notice(
    "No policy of the school's own is set.",
    "This report looks only at what the law and the platforms' terms ask of every school, and at no rule of its own.",
    "Draft the school's own policy with `audit policies draft`, and set it in school.toml.",
    "policy",
)


def _of_deletion(week: Week) -> Iterator[Notice]:
    """Yield a notice, for whoever answers for what is kept, where the run deleted nothing for its age."""
    if week.run.is_day_doubted and week.tier in {"lead", "dpo"}:
        title, command = "This run deleted nothing for its age.", f"audit doctor {week.run.school_id}"
        yield Notice(title, _STAYS, _BELIEVE, "deletion", command)


_STAYS = (
    "The date on the machine that made the run may have been wrong, and what is deleted cannot be had again. Until the "
    "date can be believed, everything stays that is over its clock, YouTube's 30 days among them."
)
_BELIEVE = "See why the date is doubted; then set the machine's clock right, or confirm the date."


_QUALITY = "Checks that need that data say “could not tell”."
NOTHING_CLOSED = "Nothing that was not seen is reported as kept, and nothing was closed because of it."


def _of_accounts(left: Sequence[AccountLeft]) -> Iterator[Notice]:
    if left:
        names = [f"@{one.handle.removeprefix('@')} on {source(one.platform)}" for one in left if one.handle]
        title = f"Read no more: {listed(names) or count(len(left), 'account of the school', 'accounts of the school')}."
        yield Notice(title, _LEFT, _NAME_IT, "lists")


_LEFT = (
    "No longer in the school's settings: what is open there stays open, what waited to be read is listed no more, and "
    "no run looks at either again."
)
_NAME_IT = "The Lead names in school.toml again what is the school's, and answers what is open about the rest."


def _of_lists(week: Week) -> Iterator[Notice]:
    """Yield a notice for each thing that a person can do to have more seen, with the lists that it is of."""
    for what_to_do in dict.fromkeys(row.what_to_do for row in week.account_coverage if row.what_to_do):
        why = dict.fromkeys(row.why or "" for row in week.account_coverage if row.what_to_do == what_to_do)
        yield Notice("Not everybody on the lists could be judged.", " ".join(why), what_to_do, "lists")


def _of_headings(week: Week) -> Iterator[Notice]:
    """Yield a notice for each register with a heading that is likely to be a column which nobody recognised."""
    for register in dict.fromkeys(column.register for column in week.register_columns if is_doubtful(column)):
        sentences = [
            heading_sentence(column)
            for column in week.register_columns
            if column.register == register and is_doubtful(column)
        ]
        title = f"The {register} register has a column that was not read."
        yield Notice(title, " ".join(sentences), _MAP, "headings")


_MAP = "Map the heading under [registers.columns] in school.toml, or name it as docs/registers.md says."


def _of_lost_masters(week: Week) -> Iterator[Notice]:
    if changed := [master for master in week.lost_masters if master.problem == "changed"]:
        title = f"Photographs whose file holds another picture than when it was approved: {len(changed):,}."
        yield Notice(title, _NOT_SAID, _SAY_WHICH, "photographs")
    if lost := len(week.lost_masters) - len(changed):
        title = f"{count(lost, 'approved photograph')} {'has' if lost == 1 else 'have'} no file that can be read."
        names = [one.file_name for one in week.lost_masters if one.problem != "changed" and one.file_name]
        yield Notice(title, _NOT_KNOWN, _PUT_BACK.format(listed(names) or "it"), "photographs")


_NOT_SAID = "Nobody has said which picture is meant, so neither is approved and neither is listed."
_SAY_WHICH = (
    "Put the approved file back, or say on the desk's page of photographs that the one that lies there is meant."
)
_NOT_KNOWN = (
    "No posted picture can be known by such a file: one that may be shown is listed as unapproved, one that may not be "
    "shown goes unnoticed."
)
_PUT_BACK = "The photo file is missing or damaged: add {} to the photographs folder."


def finish(week: Week) -> str:
    """Return the command that completes a run which is not whole; what was fetched is not asked for again."""
    return f"audit run {week.run.school_id} --as-of {week.run.run_id}"


_COMES_BACK = frozenset({"unavailable", "throttled"})
_WAIT = "Wait an hour, then finish the run; if nobody does, the next one completes it."
_FINISH = "Finish the run; nothing that was fetched is asked for again."


def of_pull(week: Week, pull: Pull) -> Notice:
    """Return what must be said of a source that was not seen whole."""
    name = source(pull.source)
    how = "not seen" if pull.state == "failed" else "seen only in part"
    why = pull.error_text or f"Why: {refusal(pull.error_kind)}."
    return Notice(
        f"{name} {'were' if name.endswith('s') else 'was'} {how} this week.",
        f"{why} {NOTHING_CLOSED}",
        _WAIT if pull.error_kind in _COMES_BACK else pull.what_to_do or _FINISH,
        "registers" if pull.source == "registers" else "run",
        finish(week),
    )


def _of_archive(pull: Pull) -> Notice:
    made = "does not say when it was made" if pull.archive_made_on is None else f"is of {day(pull.archive_made_on)}"
    title = f"{source(pull.source)} {made}; nothing later was seen."
    return Notice(title, NOTHING_CLOSED, _NEW_ARCHIVE, "archive")


_NEW_ARCHIVE = "Ask X for a new archive, and name it in school.toml before the next run."
