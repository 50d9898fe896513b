"""What a decision may rest on, in sentences that are chosen with one press; what none of them says is written."""

from dataclasses import dataclass

from dashboards.desk.casework.cases import Case
from warehouse.casebook.decisions import Answer

_PEOPLE = frozenset({"pupil", "staff", "governor", "parent"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one press; `key` is the figure on the keyboard."""

    key: str
    answer: Answer
    label: str
    reason: str


_OF_PEOPLE: tuple[tuple[Answer, str, str], ...] = (
    ("confirmed", "It is so: somebody knows them", "Looked at with somebody who knows them: it is theirs."),
    ("confirmed", "It is so: they say so", "They say themselves that it is theirs."),
    ("mistaken", "Not this person: known here", "Looked at with somebody who knows them: it is not theirs."),
    ("mistaken", "Not this person: a namesake", "Somebody else of the same name."),
    ("done", "Done: look again", "Removed or undone at the platform."),
)
_OF_PICTURES: tuple[tuple[Answer, str, str], ...] = (
    ("done", "Taken down: look again", "Taken down from the account."),
    ("done", "Approved: look again", "Approved, and entered on the photographs register."),
    ("confirmed", "It is so, and still to do", "Looked at beside the approved photographs: it is as described."),
    ("mistaken", "Mistaken: it is approved", "Looked at beside the approved photograph: it is the same."),
    ("mistaken", "Mistaken: shows nobody", "It shows nobody from the school."),
)
# Nobody says with one press that a picture may stay up whose approval is over.
_OF_WITHDRAWN_PICTURES: tuple[tuple[Answer, str, str], ...] = (
    ("done", "Taken down: look again", "Taken down from the account."),
    ("confirmed", "It is so, and still to do", "Looked at beside the approved photograph: it is the same."),
)
_OF_EXPOSURES: tuple[tuple[Answer, str, str], ...] = (
    ("done", "Taken down or replaced: look again", "Taken down, or replaced by another picture."),
    ("confirmed", "It is so, and still to do", "Looked at: it is as described."),
    ("mistaken", "Mistaken: it exposes nothing", "Looked at: what was found there exposes nobody."),
)
_OF_HOURS: tuple[tuple[Answer, str, str], ...] = (
    ("confirmed", "It is so: spoken about", "Spoken about with whoever posts at such hours."),
    ("mistaken", "Mistaken: it was agreed", "Agreed beforehand with the school."),
)
_OF_TEXTS: tuple[tuple[Answer, str, str], ...] = (
    ("done", "Taken down or hidden: look again", "Reported to the platform, and taken down or hidden."),
    ("confirmed", "It is so, and still to do", "Read in its place: it is as described."),
    ("mistaken", "Mistaken: harmless", "Read in its place: it is harmless."),
    ("mistaken", "Mistaken: about nobody here", "Read in its place: it is about nobody of the school."),
)
_OF_RECORDS: tuple[tuple[Answer, str, str], ...] = (
    ("done", "Put right: look again", "Put right in the school's records or at the platform."),
    ("confirmed", "It is so, and still to do", "Looked at: it is as described."),
    ("mistaken", "Mistaken", "Looked at: it is as it should be."),
)
_OF_CHECKS = {
    "withdrawn_picture": _OF_WITHDRAWN_PICTURES,
    "picture_exposure": _OF_EXPOSURES,
    "location_metadata": _OF_EXPOSURES,
    "posting_hours": _OF_HOURS,
    "alt_text": _OF_RECORDS,
    "children_settings": _OF_RECORDS,
}
# By which figures the answers of a kind are given, in every case: whoever presses one means the same everywhere.
_KEYS: dict[Answer, tuple[str, str]] = {"confirmed": ("1", "2"), "mistaken": ("3", "4"), "done": ("5", "6")}


def choices(case: Case) -> tuple[Choice, ...]:
    """Return the answers to a case, what is likeliest first; a kind of answer has the same figures in every case."""
    keys = {kind: iter(figures) for kind, figures in _KEYS.items()}
    return tuple(Choice(next(keys[kind]), kind, label, reason) for kind, label, reason in _answers(case))


def _answers(case: Case) -> tuple[tuple[Answer, str, str], ...]:
    row = case.row
    if row.check_id in _OF_CHECKS:
        return _OF_CHECKS[row.check_id]
    if row.subject_kind == "actor" and row.concerns in _PEOPLE:
        return _OF_PEOPLE
    if row.concerns == "picture":
        return _OF_PICTURES
    return _OF_TEXTS if row.subject_kind in {"post", "comment"} else _OF_RECORDS
