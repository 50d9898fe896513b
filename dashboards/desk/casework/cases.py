"""The week's cases as the desk shows them: the exceptions that stand, and what was done about each since the run."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta, tzinfo

from dashboards.report.evidence_words import heading
from dashboards.report.exception_groups import NEW
from dashboards.report.model import ExceptionRow
from dashboards.report.story import Said
from policies.decisions import Ground
from policies.roles import CLEARS, LEAD, may_be_given, may_clear, title_of
from warehouse.casebook.case_facts import CaseFacts, is_answered, is_decided_since
from warehouse.casebook.decisions import Decision
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.exceptions.published_cases import persons_of

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Case:
    """One exception that stands, and the decision that counts for it; None where there is none, or it was taken back.

    `sequence` is the newest decision's, by which a form says what its writer had read; `at_desk` are the roles
    that have tasks and of which somebody can sign in. `said` is what was said of it before the run, `zone` is the
    school's, `edition` which report of the run it is of, and `day` that from which it is counted what is due.
    """

    row: ExceptionRow
    decision: Decision | None
    sequence: int
    run_id: str
    at_desk: frozenset[str] = frozenset()
    said: Sequence[Said] = ()
    zone: tzinfo = UTC
    edition: str = ""
    day: date = date.min

    @property
    def ref(self) -> str:
        """By what the case is called in addresses: longer than the report's ref, so that it is never two cases."""
        return self.row.fingerprint[:16]

    @property
    def version(self) -> tuple[str, str, str | None]:
        """What a look at it was a look at: another run, or other evidence, has to be looked at anew."""
        return self.edition, self.row.evidence, self.row.about

    @property
    def persons(self) -> tuple[str, ...]:
        """A mark for each person of the registers whom the account may belong to; none where it is about nobody."""
        return persons_of(self.row.subject_kind, self.row.evidence, self.row.about)

    @property
    def heading(self) -> str:
        """What was found."""
        return heading((self.row,))

    @property
    def told(self) -> str:
        """When a decision about another case settled this one, by which a form says that its reader knew."""
        return "" if self.decision is None or self.decision.is_own else self.decision.decided_at.isoformat()

    def facts(self, *, is_corrected: bool = False, shows: Collection[Ground] = ()) -> CaseFacts:
        """Return what the rule has to know of it before somebody decides; `shows` is what there is to be shown."""
        return CaseFacts(
            run_id=self.run_id,
            edition=self.edition,
            decisions_read=self.row.decisions_read,
            concerns=self.row.concerns,
            subject_kind=self.row.subject_kind,
            is_open=self.row.is_open,
            owner_role=self.owner_role,
            decision=self.decision,
            sequence=self.sequence,
            told=self.told,
            is_corrected=is_corrected,
            shows=shows,
            about=self.row.about,
            may_wait=self.row.backlog_since is not None,
            is_unasked=self.row.is_unasked,
        )

    @property
    def is_decided_since(self) -> bool:
        """Whether what counts was decided since the run read what people decided."""
        return is_decided_since(self.decision, self.run_id, self.row.decisions_read, self.row.about)

    @property
    def is_planned(self) -> bool:
        """Whether somebody has planned it for a later day, since the run or before it, and that counts still."""
        return self.answer == "planned" and (self.is_decided_since or self.row.decision == "planned")

    @property
    def due_on(self) -> date | None:
        """By when somebody should look at it: the planned day, where it is planned."""
        return self.decision.until if self.is_planned and self.decision else self.row.due_on

    @property
    def is_late(self) -> bool:
        """Whether it waits still after its day: the planned one, where it is planned."""
        if not self.is_planned:
            return self.row.is_late and not self.is_answered
        return self.row.is_open and self.due_on is not None and self.due_on < self.day

    @property
    def answer(self) -> str:
        """What counts of what was said of it; nothing where nothing does."""
        return "" if self.decision is None else self.decision.answer

    @property
    def is_of_others(self) -> bool:
        """Whether somebody said whom it names, and it is about somebody else since: nobody has said so of them."""
        return self.decision is not None and self.decision.answer == "proposed" and self.facts().proposal is None

    @property
    def is_answered(self) -> bool:
        """Whether it was answered since the run, and that counts today."""
        return is_answered(self.decision, self.run_id, self.row.decisions_read, self.row.about, self.day)

    @property
    def is_new(self) -> bool:
        """Whether it is new, changed or back this week."""
        return self.row.status in NEW

    @property
    def owner_role(self) -> str:
        """Whose task it is: whoever it was given to, else whom the check says."""
        given = self.decision.to_role if self.decision is not None and self.is_given else None
        return given or self.row.owner_role

    @property
    def is_given(self) -> bool:
        """Whether somebody gave it to the role whose task it is now."""
        return self.decision is not None and self.decision.answer == "assigned"

    @property
    def assigned_to(self) -> int | None:
        """The number of the one person to whom it was given; None where it is a whole role's."""
        return self.decision.to_person if self.decision is not None and self.is_given else None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something, as far as the desk knows since the run."""
        return self.row.is_open and not self.is_answered

    def is_for(self, role_id: str, person: int) -> bool:
        """Say whether it waits for this person: of this role, given to them, or proposed and theirs to second.

        Person 0 is anybody of the role.
        """
        if self.decision is not None and self.decision.answer == "proposed":
            return self.decision.by_person != person
        if self.assigned_to is not None and person:
            return self.assigned_to == person
        if may_clear(self.owner_role, self.row.concerns) or self.owner_role in self.at_desk:
            return self.owner_role == role_id
        return role_id == LEAD  # who sees to it that the owner, who has no desk, does it

    def may_go_to(self, people: Iterable[DeskPerson]) -> dict[str, str]:
        """Return to whom it may be given, in words: each role, and each of these people, as a form says it."""
        here = [role for role in sorted(CLEARS | self.at_desk) if may_be_given(role, self.row.concerns)]
        able = [person for person in people if person.can_sign_in and person.role in here]
        each = {f"{one.role} {one.number}": f"{title_of(one.role)}: {one.sign_in_name} alone" for one in able}
        return {role: title_of(role) for role in here} | each

    @property
    def is_due_for_a_look(self) -> bool:
        """Whether it is one to look at now: what is new, what is late, and what is due before the next weekly run.

        What is planned is new no more: it waits for its day.
        """
        seen_until = max(self.day, date.fromisoformat(self.run_id)) + _A_WEEK
        is_soon = self.due_on is not None and self.due_on < seen_until
        return (self.is_new and not self.is_planned) or self.is_late or is_soon

    @property
    def state(self) -> str:
        """What was done about it since the run, in words; nothing where nothing was."""
        if self.decision is None or not (
            self.is_answered or self.is_planned or self.decision.answer in {"proposed", "assigned"}
        ):
            return ""
        if not self.is_decided_since and self.said:
            return self.said[-1].sentence
        return Said(self.decision, self.decision.decided_at.astimezone(self.zone).date(), None).sentence

    @property
    def earlier(self) -> str:
        """What was said of it last before the run, and how the run found it, in words; nothing where nothing was."""
        return "" if self.state or not self.said else self.said[-1].sentence


def as_given(decision: Decision | None, here: Mapping[int, str]) -> Decision | None:
    """Return a decision as it counts now: what was given to one who cannot sign in so any more is their role's."""
    is_gone = decision is not None and decision.to_person and here.get(decision.to_person) != decision.to_role
    return replace(decision, to_person=None) if decision is not None and is_gone else decision
