"""The answers that are given with one press: by the kind of a case, what each keeps, and what must be shown before."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from dashboards.desk.casework.cases import Case
from policies.decisions import Ground
from policies.toml_text import packaged_toml
from warehouse.casebook.case_facts import CaseFacts, Wish
from warehouse.casebook.decisions import Answer
from warehouse.casebook.may_decide import unseen

_PEOPLE = frozenset({"pupil", "staff", "governor", "parent"})
_OF_CHECKS = {
    "withdrawn_picture": "withdrawn_pictures",
    "picture_exposure": "exposures",
    "location_metadata": "exposures",
    "posting_hours": "hours",
    "alt_text": "records",
    "children_settings": "records",
    "underage_follower": "profiles",
}
# By which figures the answers of a kind are given, in every case: whoever presses one means the same everywhere.
_KEYS: dict[Answer, tuple[str, str]] = {"confirmed": ("1", "2"), "mistaken": ("3", "4"), "done": ("5", "6")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one press; `key` is the figure on the keyboard, `reason` what is kept.

    `needs` is what must have been shown before it, empty where the answer rests on nothing that the desk shows.
    """

    key: str
    answer: Answer
    label: str
    reason: str
    needs: Ground | None

    @property
    def wish(self) -> Wish:
        """What whoever presses it wants, as the rule of deciding asks for it."""
        return Wish(self.answer, rests_on=frozenset({self.needs} if self.needs else ()))


def choices(case: Case) -> tuple[Choice, ...]:
    """Return every answer to a case, what is likeliest first; a kind of answer has the same figures in every case."""
    return answers_of_kinds()[kind_of(case)]


def offered(case: Case, facts: CaseFacts, grounds: Collection[Ground], *, may_confirm: bool) -> tuple[Choice, ...]:
    """Return what whoever was shown these grounds may answer with one press; nobody is asked again for a yes."""
    every = choices(case)
    if case.row.decision == "confirmed" and any(choice.answer == "done" for choice in every):
        every = tuple(choice for choice in every if choice.answer != "confirmed")
    return tuple(
        choice
        for choice in every
        if not unseen(facts, choice.wish, grounds)
        and (may_confirm or choice.answer != "confirmed")
        and not (facts.is_unasked and choice.answer == "done")
    )


@cache
def answers_of_kinds() -> Mapping[str, tuple[Choice, ...]]:
    """Return the answers of every kind of case, by its name in choices.toml."""
    return {kind: _keyed(rows) for kind, rows in packaged_toml("dashboards.desk.casework", "choices.toml").items()}


def _keyed(rows: Sequence[tuple[Answer, str, str, str]]) -> tuple[Choice, ...]:
    keys = {answer: iter(figures) for answer, figures in _KEYS.items()}
    return tuple(
        Choice(next(keys[answer]), answer, label, reason, cast("Ground", needs) if needs else None)
        for answer, label, reason, needs in rows
    )


def kind_of(case: Case) -> str:
    """Return the kind of a case, by which its answers are chosen, such as `people`."""
    row = case.row
    if row.check_id == "unapproved_picture" and _is_known(row.evidence):
        return "known_pictures"
    if row.check_id in _OF_CHECKS:
        return _OF_CHECKS[row.check_id]
    if row.subject_kind == "actor" and row.concerns in _PEOPLE:
        if row.check_id == "lookalike_account":
            return "pages"
        return "profiles" if row.check_id == "unapproved_follower" and not case.persons else "people"
    if row.concerns == "picture":
        return "pictures"
    return "texts" if row.subject_kind in {"post", "comment"} else "records"


def _is_known(evidence: str) -> bool:
    """Say whether a picture was found to be a photograph of the register whose approval does not stand there.

    Of one that is merely like an approved photograph a single sentence says how it differs.
    """
    why = str(json.loads(evidence).get("why") or "")
    is_like = why.startswith("It ") and ". " not in why
    return "photograph_id" in json.loads(evidence) and bool(why) and not is_like
