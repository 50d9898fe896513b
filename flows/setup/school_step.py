"""The first step: what the school is called, where it is, and its terms."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.setup.owner import StepOwner, change_settings, in_counts, listed
from flows.setup.term_dates import TermDates, read_terms, written
from policies.documents import read_document
from policies.guidance import Nation
from policies.school_file import placeholder_sentence
from policies.toml_edit import with_key, with_tables
from warehouse.casebook.people.desk_person import DeskPerson

_NATIONS = tuple((nation, nation.replace("_", " ").title()) for nation in get_args(Nation))
_EXAMPLE = "Autumn 2026: 3 September 2026 to 18 December 2026"
_ODD = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SchoolStep(StepOwner):
    """Asks for name, town, short names, nation and terms, and writes them under [school] and [calendar]."""

    def step(self) -> SetupStep:
        """Return the step as it stands."""
        school = self.school
        named, calendar = school.school, school.calendar
        is_named = placeholder_sentence(named.name) is None
        terms = "no term dates yet, so every day counts" if calendar is None else in_counts(len(calendar.term), "term")
        return SetupStep(
            "school",
            "The school",
            f"{named.name}; {terms}." if is_named else "Nobody has said yet what the school is called.",
            is_done=is_named,
            is_needed=True,
            is_typed=True,
            says=("Every report is headed by the name, and days to act are counted in school days by the terms.",),
            takes="Or the term dates alone, as the school publishes them (.txt, .docx, .pdf or .html)",
            accepts=".txt,.md,.docx,.pdf,.odt,.html,.htm",
            asks=(
                SetupQuestion("name", "The school's name", named.name if is_named else ""),
                SetupQuestion("town", "Town", named.town or ""),
                SetupQuestion(
                    "aliases", "Short names, with a comma between", ", ".join(named.aliases), "Hill View, HVS"
                ),
                SetupQuestion("website", "Website", named.website or "", "https://hillview.example"),
                SetupQuestion("nation", "Nation", named.nation or "england", kind="choice", choices=_NATIONS),
                SetupQuestion("terms", "Terms and closed days, a line each", written(calendar), _EXAMPLE, "lines"),
            ),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:
        """Return how the answers are understood; SetupError for a name that is nobody's."""
        dates = self._dates(answers, file)
        calendar = _checked(dates)
        rows = [
            (str(one["name" if kind == "Term" else "why"]), kind, one["first"].isoformat(), one["last"].isoformat())
            for kind, found in (("Term", dates.terms), ("Closed", dates.closed))
            for one in found
        ]
        says = [f"{name}: {text}" for name, text in self._said(answers).items() if text] if file is None else []
        if calendar is None:
            says.append("No terms: every day counts, so a case may be due in the holidays. They can be added later.")
        return Understood(
            heading=self._name(answers) if file is None else f"{in_counts(len(dates.terms), 'term')} in {file.name}",
            says=tuple(says),
            doubts=(*(f"This line has a day, and nobody can tell what of: {line[:100]}" for line in dates.unread[:8]),),
            table=(("What", "Kind", "First day", "Last day"), *rows) if rows else (),
        )

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Write the answers into school.toml, or the term dates alone where they came as a file."""
        dates = self._dates(answers, file)
        calendar = _checked(dates)

        def change(text: str) -> str:
            if file is None:
                for key, value in {"name": self._name(answers), **self._values(answers)}.items():
                    text = with_key(text, "school", key, value)
            if file is not None and calendar is None:
                return text
            text = with_tables(text, "calendar.term", dates.terms)
            return with_tables(text, "calendar.closed", dates.closed)

        school = change_settings(self.places, change)
        return KeptAnswer(f"Kept: {school.school.name}, {in_counts(len(dates.terms), 'term')}.")

    def _dates(self, answers: Answers, file: SentFile | None) -> TermDates:
        if file is None:
            return read_terms(answers.get("terms", ""))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"terms{Path(file.name).suffix.lower()}"
            path.write_bytes(file.body)
            dates = read_terms(read_document(path).text)
        if not dates.terms:
            raise SetupError(f"No line of {file.name} is a term with its first and last day. Type them instead.")
        return dates

    def _name(self, answers: Answers) -> str:
        name = " ".join(_ODD.sub(" ", answers.get("name", "")).split())
        if placeholder_sentence(name) is not None:
            raise SetupError("Write your school's own name: every report is headed by it.")
        return name

    def _values(self, answers: Answers) -> dict[str, object]:
        nation = answers.get("nation", "")
        return {
            "town": answers.get("town", "").strip(),
            "aliases": listed(answers.get("aliases", "")),
            "website": answers.get("website", "").strip(),
            "nation": nation if nation in get_args(Nation) else "england",
        }

    def _said(self, answers: Answers) -> dict[str, str]:
        values = self._values(answers)
        said = {"Town": values["town"], "Short names": ", ".join(listed(answers.get("aliases", "")))}
        return {name: str(text) for name, text in {**said, "Website": values["website"]}.items()}


def _checked(dates: TermDates) -> object | None:
    """Return the calendar, None where there is none; SetupError for one that cannot be."""
    if not dates.terms and not dates.closed:
        return None
    try:
        return dates.calendar
    except ValueError as error:
        said = str(error).partition("Value error, ")[2].partition(" [type=")[0].strip()
        raise SetupError(
            f"The terms cannot be so: the calendar {said or 'names no term'}. Correct the lines."
        ) from error
