"""The third step: the lists of people and photographs, as other programs export them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from connectors.errors import SourceError
from connectors.registers.columns import PreviewColumn, preview
from connectors.registers.consent_channels import CHANNELS
from connectors.registers.editing import RegisterFile
from connectors.registers.headers import PEOPLE, REGISTERS, aliases, wrong_columns
from dashboards.desk.school.school_desk import RegisterTrial
from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.desk.careful_reading import ensure_readable
from flows.desk.registers import registers, trial_in
from flows.home.context import Context
from flows.registers.acceptances import acceptance_of
from flows.registers.registers import registers_now
from flows.setup.owner import StepOwner, change_settings, in_counts, put_file, sentence_of
from flows.setup.which_list import register_told
from policies.errors import UserError
from policies.roles import DoneBy
from policies.school import Register
from policies.toml_edit import with_key
from warehouse.casebook.people.desk_person import DeskPerson

_ROWS = 10
_AS_UNDERSTOOD, _BY_COLUMNS = "=", "tell"
_NEEDED = ("pupils", "staff")
_WIDEST = 60
_ONE_BY_ONE = (
    "One file after the other, as your system exports it: pupils and staff first. Parents, governors, leavers, "
    "photographs and accounts are optional, and no run waits for them."
)
_WANTED = re.compile(r" has no column for ([\w ]+?) \(looked for: ")
_CONSENTS = tuple(f"picture_consent: {name}" for name in CHANNELS)


@dataclass(frozen=True, slots=True)
class ListStep(StepOwner):
    """Takes exports one by one, shows how each is read, and keeps file and choices for the next one of its shape."""

    def step(self) -> SetupStep:
        """Return the step as it stands: how many rows each list has."""
        rows, stands = {}, ""
        try:
            now = registers(self.folder.context())
            rows = {one.register: one.rows for one in now}
            stands = ", ".join(f"{one.register}: {one.rows or 'empty'}" for one in now)
        except UserError as error:
            stands = sentence_of(error).rstrip(".")
        which = ((_BY_COLUMNS, "tell by its columns"), *((name, name) for name in REGISTERS))
        return SetupStep(
            "lists",
            "Lists of people and photographs",
            f"{stands}.",
            is_done=all(rows.get(name) for name in _NEEDED),
            is_needed=True,
            says=(_ONE_BY_ONE,),
            takes="An export as it comes (.csv or .xlsx), up to 16 MB",
            accepts=".csv,.xlsx,.xlsm,.txt",
            file_asks=(SetupQuestion("register", "Which list it is", _BY_COLUMNS, "", "choice", which),),
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:
        """Return how the file is read, its first rows under what each column is taken for, and what is in doubt."""
        context = self.folder.context()
        sent = self._file(context, answers, file)
        trial, refusal = None, ""
        try:
            ensure_readable(sent, context.as_of)
            trial = trial_in(context, sent)
        except UserError as error:
            refusal = _refusal(error, sent, file)
        shown = preview(sent.register, sent.file_name, sent.body, sent.mapped, _ROWS)
        header = tuple(f"{column.heading}: {_in_words(column.reads_as)}" for column in shown.columns)
        can_be_used = f"{in_counts(trial.rows_after, 'row')} can be used" if trial else "it cannot be used yet"
        return Understood(
            heading=f"{sent.register.capitalize()}: {can_be_used}",
            says=tuple(_said(trial, sent.register, shown.groups)) if trial else (),
            doubts=tuple(_doubts(trial)) if trial else (refusal,),
            keeps="Keep this" if trial else "",
            table=(header, *(tuple(cell[:_WIDEST] for cell in row) for row in shown.rows)),
            asks=(
                SetupQuestion(
                    "register", "Which list it is", sent.register, "", "choice", tuple((r, r) for r in REGISTERS)
                ),
                *_column_questions(sent.register, shown.columns, answers),
            ),
        )

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:
        """Put the file and what was chosen of its columns in place, and say that it is right where it came short."""
        context = self.folder.context()
        sent = self._file(context, answers, file)
        trial = trial_in(context, sent)
        put_file(self.places.registers / sent.file_name, sent.body)

        def change(text: str) -> str:
            text = with_key(text, "registers", sent.register, sent.file_name)
            for heading, column in (sent.mapped or {}).items():
                text = with_key(text, f"registers.columns.{sent.register}", heading, column)
            return text

        change_settings(self.places, change)
        if trial.why_short:
            context = self.folder.context()
            [state] = [one for one in registers_now(context).states if one.register == sent.register]
            by = DoneBy(person.role, person.number)
            note = "Seen and kept in the set-up."
            self.folder.book.accept(acceptance_of(context, state, trial.sha256, by=by, note=note))
        return KeptAnswer(
            f"Kept: {sent.register}, {in_counts(trial.rows_after, 'row')}. The next export of its shape is read so."
        )

    def _file(self, context: Context, answers: Answers, file: SentFile | None) -> RegisterFile:
        """Return the file as a register's, with the columns as they were chosen; SetupError where it is none."""
        if file is None:
            raise SetupError("Drop the export, or choose it.")
        register = answers.get("register", _BY_COLUMNS)
        register = register_told(context, file) if register not in REGISTERS else register
        name = f"{register}.xlsx" if file.body.startswith(b"PK") else f"{register}.csv"
        known = dict(context.school.columns.get(cast("Register", register), {}))
        try:
            columns = preview(register, name, file.body, known, 0).columns
        except SourceError as error:
            raise SetupError(sentence_of(error).replace(name, file.name)) from error
        for number, column in enumerate(columns):
            chosen = answers.get(f"column.{number}", _AS_UNDERSTOOD)
            if chosen != _AS_UNDERSTOOD and column.can_be_mapped:
                known[column.heading] = chosen
        if wrong := next(wrong_columns(register, known), None):
            raise SetupError(wrong.partition("in school.toml: ")[2] or wrong)
        return RegisterFile(register, name, file.body, known or None)


def _column_questions(register: str, columns: tuple[PreviewColumn, ...], answers: Answers) -> Iterator[SetupQuestion]:
    """Yield for each column what it may be instead of what it was understood as."""
    named = [name for name in aliases(register) if name != "consents_given"]
    consents = _CONSENTS if "picture_consent" in named else ()
    others = [("", "not to be read"), *((name, _in_words(name)) for name in (*named, *consents))]
    for number, column in enumerate(columns):
        if column.can_be_mapped:
            choices = ((_AS_UNDERSTOOD, f"as understood: {_in_words(column.reads_as)}"), *others)
            chosen = answers.get(f"column.{number}", _AS_UNDERSTOOD)
            yield SetupQuestion(f"column.{number}", column.heading, chosen, "", "choice", choices)


def _in_words(column: str | None) -> str:
    if column is None:
        return "not read"
    name, _, channels = column.partition(":")
    known = {"picture_consent": "photo consent", "consents_given": "list of consents", "person_id": "id"}
    words = known.get(name, name.replace("_", " "))
    return f"{words} for {channels.strip()}" if channels else words


def _refusal(error: UserError, sent: RegisterFile, file: SentFile | None) -> str:
    """Return why nothing can be read yet, by the file's own name; a column that is wanted can be chosen below."""
    sentence = sentence_of(error)
    if wanted := _WANTED.search(sentence):
        words = " or ".join(map(_in_words, wanted[1].split(" or ")))
        return f"No column is understood as {words}: choose it below, or add it to the export."
    return sentence.replace(sent.file_name, file.name if file else sent.file_name)


def _said(trial: RegisterTrial, register: str, groups: tuple[str, ...]) -> Iterator[str]:
    yield trial.headings[0].upper() + trial.headings[1:]
    if trial.rows_before:
        gone = len(trial.gone_ids)
        yield f"{trial.rows_before:,} rows become {trial.rows_after:,}: {trial.added:,} are new, {gone:,} go."
    if groups:
        yield f"{in_counts(len(groups), 'row')} head others and are nobody: {', '.join(groups[:_ROWS])}."
    if register in PEOPLE and trial.years:
        yield "By year: " + ", ".join(f"{name} {after:,}" for name, _, after in trial.years) + "."


def _doubts(trial: RegisterTrial) -> Iterator[str]:
    if trial.why_short:
        yield f"A run would find it short: {trial.why_short} By keeping it you say that it is right."
    yield from trial.problems
