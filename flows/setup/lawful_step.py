"""The seventh step: who decided that the platforms may be read, and what the school's assessment still has to say."""

from dataclasses import dataclass
from datetime import date

from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.setup.owner import StepOwner, change_settings
from policies.dates import long_date
from policies.roles import title_of
from policies.toml_edit import with_key
from warehouse.casebook.people.desk_person import DESK_ROLES, DeskPerson

_OPEN = (
    "The data protection impact assessment is the school's own; audit papers writes a draft. It leaves open: how "
    "likely and severe each risk is and what is left of it, what parents, pupils, staff and the Data Protection "
    "Officer said, whether what is left is accepted, by whom, on which day, and when it is looked at again."
)
_ARCHIVES = "Every account is read from its archive, so no platform is asked, and no decision is needed for that."
_LIVE = "A platform is asked by a key only once it is recorded who decided so, when, and on which terms."


@dataclass(frozen=True, slots=True)
class LawfulStep(StepOwner):
    """Asks for the recorded decision, and writes it under [live]."""

    def step(self) -> SetupStep:
        """Return the step as it stands: recorded, not needed, or still open."""
        school = self.school
        live, needs = school.live, any(account.archive is None for account in school.account)
        stands = "Not needed for archives." if not needs else "Nobody has recorded a decision yet."
        if live is not None:
            stands = f"Decided by the {title_of(live.decided_by_role)} on {long_date(live.decided_on)}."
        terms, dpia = (live.terms, live.dpia) if live else ("", "")
        roles = tuple((role, title_of(role)) for role in sorted(DESK_ROLES))
        return SetupStep(
            "lawful",
            "What is lawful",
            stands,
            is_done=live is not None or not needs,
            is_needed=needs,
            says=(_LIVE if needs else _ARCHIVES, _OPEN),
            asks=(
                SetupQuestion(
                    "role", "Who decided", live.decided_by_role if live else "headteacher", "", "choice", roles
                ),
                SetupQuestion("day", "On which day", live.decided_on.isoformat() if live else "", "2026-09-01"),
                SetupQuestion("terms", "Which terms were read, and where that is minuted", terms, "X's, minute 14"),
                SetupQuestion("dpia", "The assessment's reference", dpia, "DPIA 2026-3"),
            ),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:  # noqa: ARG002
        """Return the decision as it would be recorded."""
        role, day, terms, dpia = self._given(answers)
        decided = f"Decided by the {title_of(role)} on {long_date(day)}"
        return Understood(decided, (f"Terms: {terms}", f"Assessment: {dpia}"))

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Write the decision into school.toml."""
        role, day, terms, dpia = self._given(answers)
        values = {"decided_by_role": role, "decided_on": day, "terms": terms, "dpia": dpia}

        def change(text: str) -> str:
            for key, value in values.items():
                text = with_key(text, "live", key, value)
            return text

        change_settings(self.places, change)
        return KeptAnswer(f"Recorded: decided by the {title_of(role)} on {long_date(day)}.")

    def _given(self, answers: Answers) -> tuple[str, date, str, str]:
        role, terms, dpia = (answers.get(key, "").strip() for key in ("role", "terms", "dpia"))
        try:
            day = date.fromisoformat(answers.get("day", "").strip())
        except ValueError as error:
            raise SetupError("Write the day year first, as in 2026-09-01.") from error
        if role not in DESK_ROLES or not terms or not dpia:
            raise SetupError("Say who decided, which terms were read, and the assessment's reference.")
        if day > self.folder.settings.clock().date():
            raise SetupError(f"{long_date(day)} has not come. Write the day on which it was decided.")
        return role, day, terms, dpia
