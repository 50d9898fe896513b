"""The eighth step: what a first run costs, the run, every Monday at six, and a message that arrives."""

from dataclasses import dataclass, field

from dashboards.desk.school.desk import RunStarter
from dashboards.desk.school.setup_steps import Item, KeptAnswer, SetupError, SetupStep
from flows.home.context import open_context
from flows.notify.message import of_test
from flows.notify.telling import Teller
from flows.setup.owner import NOTHING, StepOwner, sentence_of
from flows.weekly.readiness import ensure_ready
from flows.weekly.schedule import scheduled
from policies.errors import UserError
from policies.roles import title_of
from policies.school import School
from warehouse.casebook.people.desk_person import DeskPerson


@dataclass(frozen=True, slots=True)
class ReportStep(StepOwner):
    """Begins the first run, schedules the weekly one, and sends a test message."""

    starter: RunStarter | None = field(default=None, kw_only=True)

    def step(self) -> SetupStep:
        """Return the step as it stands, with what can be begun now."""
        is_done = self.places.published.exists()
        problem = self._in_the_way()
        items = [
            Item("run", "The first report", (problem or _cost(self.school),), () if problem else (("go", "Run now"),))
        ]
        if is_done:
            items.append(
                Item("schedule", "Every Monday at six", ("The weekly run, by itself.",), (("go", "Schedule it"),))
            )
        if self.school.notify:
            who = ", ".join(title_of(one.role) for one in self.school.notify)
            items.append(Item("message", "A test message", (f"To: {who}.",), (("go", "Send it"),)))
        return SetupStep(
            "report",
            "First report and schedule",
            "A report was published." if is_done else "No run was made yet.",
            is_done=is_done,
            is_needed=True,
            items=tuple(items),
        )

    def press(self, item: str, answer: str, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Begin the run, install the schedule or send the message."""
        if item == "run" and self.starter is not None:
            if problem := self._in_the_way():
                raise SetupError(problem)
            self.starter.start(None)
            return KeptAnswer("The run has begun.", "/runs?follow=yes")
        if item == "schedule":
            return KeptAnswer(scheduled(self.folder.school_id))
        if item == "message" and self.school.notify:
            teller = Teller.of(self.folder.settings, self.folder.school_id, None)
            sent = teller.deliver(of_test(self.school.school.name), self.school.notify) if teller else []
            return KeptAnswer(
                " ".join(f"{title_of(to.role)}: {'not accepted' if bad else 'accepted'}." for to, bad in sent)
            )
        raise SetupError(NOTHING)

    def _in_the_way(self) -> str:
        """Return in a sentence what keeps a run from being made; empty where nothing does."""
        try:
            ensure_ready(open_context(self.folder.settings, self.folder.school_id, None))
        except UserError as error:
            return sentence_of(error)
        return ""


def _cost(school: School) -> str:
    if all(account.archive for account in school.account):
        return "It costs nothing: every account is read from its archive. It takes about a minute."
    return f"It may cost ${school.budget.usd_per_run} and {school.budget.units_per_run:,} units at the most."
