"""What a decision may rest on, in sentences that are chosen with one press; what none of them says is written."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dashboards.desk.casework.cases import Case
from warehouse.casebook.decisions import Answer

_PEOPLE = frozenset({"pupil", "staff", "governor", "parent"})
_OF_CHECKS = {
    "withdrawn_picture": "withdrawn_pictures",
    "picture_exposure": "exposures",
    "location_metadata": "exposures",
    "posting_hours": "hours",
    "alt_text": "records",
    "children_settings": "records",
}
# By which figures the answers of a kind are given, in every case: whoever presses one means the same everywhere.
_KEYS: dict[Answer, tuple[str, str]] = {"confirmed": ("1", "2"), "mistaken": ("3", "4"), "done": ("5", "6")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one press; `key` is the figure on the keyboard."""

    key: str
    answer: Answer
    label: str
    reason: str


def choices(case: Case) -> tuple[Choice, ...]:
    """Return the answers to a case, what is likeliest first; a kind of answer has the same figures in every case."""
    keys = {kind: iter(figures) for kind, figures in _KEYS.items()}
    return tuple(Choice(next(keys[kind]), kind, label, reason) for kind, label, reason in _answers()[_kind(case)])


@cache
def _answers() -> Mapping[str, Sequence[tuple[Answer, str, str]]]:
    text = resources.files("dashboards.desk.casework").joinpath("choices.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _kind(case: Case) -> str:
    row = case.row
    if row.check_id in _OF_CHECKS:
        return _OF_CHECKS[row.check_id]
    if row.subject_kind == "actor" and row.concerns in _PEOPLE:
        return "people"
    if row.concerns == "picture":
        return "pictures"
    return "texts" if row.subject_kind in {"post", "comment"} else "records"
