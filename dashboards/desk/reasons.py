"""What a decision may rest on, in sentences that are chosen with one press; what none of them says is written."""

from dataclasses import dataclass

from dashboards.desk.cases import Case
from warehouse.casebook.marks import MarkKind

_PEOPLE = frozenset({"pupil", "staff", "governor", "parent"})
NAMES = frozenset({"pupil", "staff"})  # whom a confirmation names, so that it takes two people


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one press; `key` is the figure on the keyboard."""

    key: str
    kind: MarkKind
    label: str
    reason: str


_OF_PEOPLE: tuple[tuple[MarkKind, str, str], ...] = (
    ("confirmed", "It is so: somebody knows them", "Looked at with somebody who knows them: it is theirs."),
    ("confirmed", "It is so: they say so", "They say themselves that it is theirs."),
    ("mistaken", "Not this person: known here", "Looked at with somebody who knows them: it is not theirs."),
    ("mistaken", "Not this person: a namesake", "Somebody else of the same name."),
    ("done", "Done: look again", "Removed or undone at the platform."),
)
_OF_PICTURES: tuple[tuple[MarkKind, str, str], ...] = (
    ("done", "Taken down: look again", "Taken down from the account."),
    ("done", "Approved: look again", "Approved, and entered on the photographs register."),
    ("confirmed", "It is so, and still to do", "Looked at beside the approved photographs: it is as described."),
    ("mistaken", "Mistaken: it is approved", "Looked at beside the approved photograph: it is the same."),
    ("mistaken", "Mistaken: shows nobody", "It shows nobody from the school."),
)
_OF_TEXTS: tuple[tuple[MarkKind, str, str], ...] = (
    ("done", "Taken down or hidden: look again", "Reported to the platform, and taken down or hidden."),
    ("confirmed", "It is so, and still to do", "Read in its place: it is as described."),
    ("mistaken", "Mistaken: harmless", "Read in its place: it is harmless."),
    ("mistaken", "Mistaken: about nobody here", "Read in its place: it is about nobody of the school."),
)
_OF_RECORDS: tuple[tuple[MarkKind, str, str], ...] = (
    ("done", "Put right: look again", "Put right in the school's records or at the platform."),
    ("confirmed", "It is so, and still to do", "Looked at: it is as described."),
    ("mistaken", "Mistaken", "Looked at: it is as it should be."),
)


def choices(case: Case) -> tuple[Choice, ...]:
    """Return the answers to a case, in the order of the keys 1, 2, 3 and so on."""
    concerns = case.row.concerns
    answers = (
        _OF_PEOPLE
        if concerns in _PEOPLE
        else _OF_PICTURES
        if concerns == "picture"
        else _OF_TEXTS
        if concerns in {"post", "comment"}
        else _OF_RECORDS
    )
    return tuple(Choice(str(number), *answer) for number, answer in enumerate(answers, start=1))


def needs_second(case: Case) -> bool:
    """Say whether confirming this case names a pupil or a member of staff, which takes two people."""
    return case.row.concerns in NAMES and case.row.subject_kind == "actor"
