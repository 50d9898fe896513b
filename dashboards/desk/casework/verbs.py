"""What to do about a case, the verb first: from what the check says is to be done, and in few words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.desk.casework.cases import Case
from dashboards.report.model import ExceptionRow

_WHOSE = {
    "pupil": "Check whether this account is a pupil's",
    "staff": "Check whether this account is a member of staff's",
    "governor": "Check whether this account is a governor's",
    "parent": "Check whether this account is a parent's",
}
_SENTENCE = re.compile(r"^.+?(?=[.;:](?:\s|$)|$)", re.DOTALL)
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done about one or more cases: `line` is the verb, how many and what, such as in a list.

    `first` is the ref of the first of them, `late` how many are late.
    """

    verb: str
    one: str
    several: str
    when: str
    how_many: int
    first: str = ""
    late: int = 0

    @property
    def line(self) -> str:
        """The whole, such as `Take down 1 picture today`."""
        return f"{self.verb} {self.how_many:,} {self.one if self.how_many == 1 else self.several}{self.when}"

    @property
    def noun_first(self) -> str:
        """The same within a sentence, such as `1 picture to take down today`."""
        noun = self.one if self.how_many == 1 else self.several
        return f"{self.how_many:,} {noun} to {self.verb[:1].lower()}{self.verb[1:]}{self.when}"


def heading(row: ExceptionRow) -> str:
    """Return what to do about one exception, as a heading."""
    step = first_step(row.next_step)
    if row.subject_kind == "actor" and row.concerns in _WHOSE and step.startswith(("Look", "Ask")):
        return _WHOSE[row.concerns]
    if _takes_down(row) and row.concerns == "picture":
        return "Take down this picture" + (" today" if _is_for_today(row) else "")
    if row.concerns == "picture" and step.startswith("Compare"):
        return "Compare this picture with the approved photographs"
    return step


def first_step(next_step: str) -> str:
    """Return the first sentence of what to do, or as much of it as a heading holds."""
    found = _SENTENCE.match(next_step.strip())
    sentence = found[0].strip() if found else ""
    return sentence if len(sentence) <= _LONGEST else sentence.partition(",")[0]


def finding(reason: str) -> tuple[str, ...]:
    """Return what was found, in its first sentence, and what the second begins with where there is one."""
    first, _, rest = reason.strip().partition(". ")
    return (f"{first}." if rest else first, f"{first_step(rest)}.") if rest else (first,)


def to_do(waiting: Sequence[Case]) -> tuple[ToDo, ...]:
    """Return what there is to do about these cases, grouped by what it is, in the cases' order."""
    groups: dict[tuple[str, str, str, str], list[Case]] = {}
    for case in waiting:
        groups.setdefault(kind_of(case.row), []).append(case)
    lines = (ToDo(*kind, len(of), of[0].ref, sum(case.is_late for case in of)) for kind, of in groups.items())
    return tuple(sorted(lines, key=lambda line: not line.when))


_ACCOUNTS = {
    "pupil": ("pupil's account", "pupils' accounts"),
    "staff": ("staff account", "staff accounts"),
    "governor": ("governor's account", "governors' accounts"),
    "parent": ("parent's account", "parents' accounts"),
}


def kind_of(row: ExceptionRow) -> tuple[str, str, str, str]:
    """Return the verb, the noun for one and for several, and ` today` where the check says so or the day is past."""
    today = " today" if _is_for_today(row) else ""
    if row.concerns == "picture":  # as posted: one photograph of the register may stand in several
        return "Take down" if _takes_down(row) else "Look at", "picture", "pictures", today
    if row.subject_kind == "actor":
        concerns = "" if row.check_id == "lookalike_account" else row.concerns  # a page about a pupil is not theirs
        return "Check", *_ACCOUNTS.get(concerns, ("account", "accounts")), today
    if row.concerns == "comment":
        return "Read", "comment", "comments", today
    if row.subject_kind == "post":
        return "Look at", "post", "posts", today
    return "See to", "record", "records", today


def _takes_down(row: ExceptionRow) -> bool:
    return first_step(row.next_step).startswith("Take the post down")


def _is_for_today(row: ExceptionRow) -> bool:
    found = _SENTENCE.match(row.next_step.strip())
    return found is not None and "today" in found[0]
