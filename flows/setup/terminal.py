"""The set-up on a terminal: the same steps, questions and answers as in the browser, one after the other."""

import time
from collections.abc import Mapping
from pathlib import Path

import typer

from dashboards.desk.school.setup_steps import (
    Answers,
    KeptAnswer,
    SentFile,
    SetUp,
    SetupError,
    SetupStep,
    Understood,
    next_of,
)
from flows.home.terminal import say
from flows.setup.asking import LEAVE, all_of, asked, one_of, yes
from policies.errors import UserError
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.runs.run_progress import read_progress, standing
from warehouse.store.places import Places

_MOST_BYTES = 180_000_000
_ROWS, _CELL = 4, 24


def walk(setup: SetUp, places: Places, person: DeskPerson, only: str | None = None) -> None:
    """Ask the steps in order, those that are done only where they are wanted; it can be left at any question."""
    typer.echo(f"Leave at any question with {LEAVE}; what was kept stays, and the same command takes it up again.")
    for name in [step.id for step in setup.steps()] if only is None else [only]:
        step = setup.step(name)
        typer.echo("")
        say(f"{'done' if step.is_done else 'now '}  {step.title}: {step.stands}")
        if only is None and step.is_done and not yes("Change it?", is_yes=False):
            continue
        if not _walked(setup, step, places, person):
            break
    steps = setup.steps()
    following = next_of(steps)
    typer.echo("")
    say(f"Next: {following.title}. {following.stands}" if following else "Everything is set up.")


def _walked(setup: SetUp, step: SetupStep, places: Places, person: DeskPerson) -> bool:
    """Ask one step until it is kept or left out; False where the person leaves."""
    for sentence in step.says:
        say(sentence, indent=2)
    more = True
    while more and (step.takes or step.asks):
        try:
            answered = _answered(step)
            if answered is None:
                return False
            if not answered[0] and answered[1] is None:
                break
            more = _kept(setup, step, *answered, person) and step.id == "lists"
        except UserError as error:
            say(error.sentence)
            if not yes("Answer it again?", is_yes=True):
                break
    return _pressed(setup, setup.step(step.id), places, person)


def _answered(step: SetupStep) -> tuple[dict[str, str], SentFile | None] | None:
    """Return the answers, and a file that was named; None where the person leaves; both empty to go on without."""
    if step.takes and not step.is_typed:
        named = asked(f"{step.takes}: where it lies (Enter: none)", "")
        if named == LEAVE:
            return None
        if named:
            path = Path(named.strip("\"'")).expanduser()
            if not path.is_file():
                raise SetupError(f"There is no file {path}. Write where it lies, such as ~/Downloads/{path.name}.")
            large = path.stat().st_size > _MOST_BYTES
            if large and any(question.name == "path" for question in step.asks):
                return {"path": str(path)}, None
            answers = all_of(step.file_asks)
            return None if answers is None else (answers, SentFile(path.name, path.read_bytes()))
    if not step.asks or (step.takes and not step.is_typed and not yes("Type it instead?", is_yes=False)):
        return {}, None
    typed = all_of(step.asks)
    return None if typed is None else (typed, None)


def _kept(setup: SetUp, step: SetupStep, answers: Mapping[str, str], file: SentFile | None, person: DeskPerson) -> bool:
    """Show what was understood, let it be said otherwise, and keep it; False where it is not to be kept."""
    told: Answers = dict(answers)
    while True:
        understood = setup.look(step.id, told, file)
        _show(understood)
        choices = [question for question in understood.asks if question.kind == "choice"]
        for number, question in enumerate(choices, start=1):
            value = dict(question.choices).get(question.value, question.value)
            typer.echo(f"    {number:2}  {question.asks}: {value}")
        wanted = asked("  One of these otherwise, by its number (Enter: none)", "") if choices else ""
        if not (wanted.isdigit() and 0 < int(wanted) <= len(choices)):
            break
        chosen = choices[int(wanted) - 1]
        told = {**told, chosen.name: one_of(chosen)}
    for question in (question for question in understood.asks if question.kind != "choice"):
        told = {**told, question.name: one_of(question)}
    if not understood.keeps or not yes(f"{understood.keeps}?", is_yes=True):
        typer.echo("  Nothing was kept.")
        return False
    say(setup.keep(step.id, told, file, person).says)
    return True


def _show(understood: Understood) -> None:
    typer.echo("")
    say(understood.heading)
    for sentence in understood.says:
        say(sentence, indent=2)
    for doubt in understood.doubts:
        say(f"not understood: {doubt}", indent=2)
    for row in understood.table[: _ROWS + 1]:
        typer.echo("    " + " | ".join(cell[:_CELL] for cell in row))


def _pressed(setup: SetUp, step: SetupStep, places: Places, person: DeskPerson) -> bool:
    """Ask of each item what is to be done with it; Enter leaves it as it is. False where the person leaves."""
    waiting = {item.id: item for item in step.items if not item.is_done}
    if len(waiting) > 2 and not yes(f"Go through the {len(waiting)} that are open, one by one?", is_yes=False):
        waiting = {name: item for name, item in waiting.items() if name == "sure"}
    for item in waiting.values():
        if item.id not in {one.id for one in setup.step(step.id).items} or not item.presses:
            say(f"{item.title}: {' '.join(item.says)}")
            continue
        say(item.title)
        for sentence in item.says:
            say(sentence, indent=4)
        labels = ", ".join(f"{number} {label}" for number, (_, label) in enumerate(item.presses, start=1))
        told = asked(f"  {labels} (Enter: leave it)", "")
        if told == LEAVE:
            return False
        if told.isdigit() and 0 < int(told) <= len(item.presses):
            try:
                _done(setup.press(step.id, item.id, item.presses[int(told) - 1][0], person), places)
            except UserError as error:
                say(error.sentence)
    return True


def _done(kept: KeptAnswer, places: Places) -> None:
    typer.echo(f"  {kept.says}")
    if kept.leads_to.startswith("/runs"):
        follow(places)


def follow(places: Places) -> None:
    """Say how far the run is until it has ended, and which report to open first."""
    told: set[str] = set()
    while True:
        progress = read_progress(places.folder)
        for phase in progress.phases if progress else ():
            if phase.ended_at and phase.name not in told:
                told.add(phase.name)
                typer.echo(f"  {phase.name}: {phase.state or 'done'}")
        if standing(places.folder, progress) != "running":
            break
        time.sleep(0.3)
    if progress is not None and progress.sentence:
        say(progress.sentence)
    elif progress is not None and progress.as_of:
        say(f"Open first: {places.reports(progress.as_of.isoformat()) / 'index.html'}")
