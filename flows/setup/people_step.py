"""The sixth step: who does what, by an invitation each, who hears of a run, and who agrees beside the Lead."""

import re
from dataclasses import dataclass
from typing import get_args

from dashboards.desk.school.setup_steps import (
    Answers,
    Item,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.desk.desk import invited
from flows.setup.owner import NOTHING, StepOwner, change_settings, in_counts, put_file
from policies.desk import DeskSettings
from policies.roles import title_of
from policies.toml_edit import with_key, with_tables
from policies.toml_text import read_text
from warehouse.casebook.people.desk_people import DeskPeople, DeskPerson
from warehouse.casebook.people.desk_person import DESK_ROLES, plain_name

_TWO = (
    "A pupil or a member of staff is named only once two people have looked: invite a second person. Nobody is told "
    "anything until you name where their messages go."
)
_SECONDS = get_args(DeskSettings.model_fields["second_for_staff"].annotation)
_ADDRESS = re.compile(r"[a-z]+://\S+")


@dataclass(frozen=True, slots=True)
class PeopleStep(StepOwner):
    """Invites people by their roles, and writes whom a run tells and who agrees about staff."""

    def step(self) -> SetupStep:
        """Return the step as it stands, with everybody who may sign in."""
        there = [one for one in DeskPeople(self.folder.book).people() if one.is_active]
        roles = tuple((role, title_of(role)) for role in sorted(DESK_ROLES))
        second = self.school.desk.second_for_staff
        seconds = tuple((role, title_of(role)) for role in _SECONDS)
        items = (
            Item(
                one.sign_in_name,
                f"{one.sign_in_name}, {title_of(one.role)}",
                ("Has a password." if one.has_password else "Has not set a password yet.",),
                (*((("again", "A new link"),) if not one.can_sign_in else ()), ("away", "Take their access away")),
            )
            for one in there
        )
        return SetupStep(
            "people",
            "Who does what",
            f"{in_counts(len(there), 'person', 'people')} at the desk, {len(self.school.notify)} told of runs.",
            is_done=sum(one.has_password for one in there) > 1,
            says=(_TWO,),
            asks=(
                SetupQuestion("name", "The name by which somebody signs in", "", "j.halloran"),
                SetupQuestion("role", "What they are", "", "", "choice", roles),
                SetupQuestion(
                    "to", "Where messages to this role go; may stay empty", "", "mailtos://audit:…@mail.example"
                ),
                SetupQuestion("second", "Who agrees about staff beside the Lead", second, "", "choice", seconds),
            ),
            items=tuple(items),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:  # noqa: ARG002
        """Return who would be invited, and whom a run would tell."""
        name, role, to = _given(answers)
        says = [f"{title_of(answers.get('second', 'dpo'))} agrees about staff beside the Lead."]
        if name:
            says.append(f"{name} is invited by a link that is shown once, and is good for three days.")
        if to:
            says.append("A run tells this role how it ended, in counts alone. The address is kept in credentials.toml.")
        return Understood(title_of(role) if name or to else "The second person", tuple(says))

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Write who is told and who agrees, and return the link of whoever is invited."""
        name, role, to = _given(answers)
        second = answers.get("second", "dpo")
        change_settings(self.places, lambda text: with_key(text, "desk", "second_for_staff", second))
        if to:
            self._tell(role, to)
        if not name:
            return KeptAnswer("Kept.")
        self._ensure_no_door(name)
        return KeptAnswer(
            "\n".join(invited(self.folder.book, self.school.desk, name, role, self.folder.settings.clock()))
        )

    def press(self, item: str, answer: str, person: DeskPerson) -> KeptAnswer:
        """Return a new link for somebody, or take their access away."""
        people, now = DeskPeople(self.folder.book), self.folder.settings.clock()
        known = {one.sign_in_name: one for one in people.people() if one.is_active}
        if item not in known or answer not in {"again", "away"}:
            raise SetupError(NOTHING)
        if answer == "again":
            self._ensure_no_door(item)
            return KeptAnswer("\n".join(invited(self.folder.book, self.school.desk, item, known[item].role, now)))
        if known[item].number == person.number:
            raise SetupError("You are signed in as this person. Let somebody else take their access away.")
        people.deactivate(item, now)
        return KeptAnswer(f"{item} is signed out, and let in no more.")

    def _ensure_no_door(self, name: str) -> None:
        """Refuse a link to whoever can sign in: who opened it would be that person, beside themselves."""
        there = [one for one in DeskPeople(self.folder.book).people() if one.sign_in_name == plain_name(name)]
        if any(one.can_sign_in for one in there):
            raise SetupError(
                f"{name} can sign in already. Where the password is lost, a new link is made by: audit desk invite"
            )

    def _tell(self, role: str, to: str) -> None:
        block = f"{role}_message"
        there = [one.model_dump() for one in self.school.notify if one.role != role]
        told = [
            {key: list(value) if isinstance(value, tuple) else value for key, value in one.items()} for one in there
        ]
        change_settings(self.places, lambda text: with_tables(text, "notify", [*told, {"role": role, "to": block}]))
        secrets = read_text(self.places.credentials, SetupError)
        put_file(self.places.credentials, with_key(secrets, block, "url", to).encode())


def _given(answers: Answers) -> tuple[str, str, str]:
    """Return name, role and address; SetupError for what cannot be one."""
    name, role, to = (answers.get(key, "").strip() for key in ("name", "role", "to"))
    if answers.get("second", "dpo") not in _SECONDS or ((name or to) and role not in DESK_ROLES):
        raise SetupError("Choose the role out of the list.")
    if to and not _ADDRESS.fullmatch(to):
        raise SetupError("An address is one that Apprise reads, such as mailtos://… or workflows://… of Teams.")
    return name, role, to
