"""Asks the questions of the set-up on a terminal: a line, several, a choice by its number, a yes or no."""

from pathlib import Path

import typer

from dashboards.desk.school.setup_steps import SetupQuestion
from policies.documents import KINDS, read_document

LEAVE = "q"


def all_of(questions: tuple[SetupQuestion, ...]) -> dict[str, str] | None:
    """Ask each question, and return the answers; None where the person leaves."""
    answers: dict[str, str] = {}
    for question in questions:
        told = one_of(question)
        if told == LEAVE:
            return None
        answers[question.name] = told
    return answers


def one_of(question: SetupQuestion) -> str:
    """Ask one question in the way of its kind, and return the answer as a form would send it."""
    if question.kind == "tick":
        return "yes" if yes(f"{question.asks}?", is_yes=question.value == "yes") else ""
    if question.kind == "choice":
        values = [value for value, _ in question.choices]
        for number, (_, label) in enumerate(question.choices, start=1):
            typer.echo(f"    {number:2}  {label}")
        default = values.index(question.value) + 1 if question.value in values else 1
        told = asked(f"  {question.asks}", str(default))
        return (
            told
            if told == LEAVE
            else values[int(told) - 1]
            if told.isdigit() and 0 < int(told) <= len(values)
            else told
        )
    if question.kind == "lines":
        typer.echo(f"  {question.asks}, such as: {question.hint} (or a file of them; an empty line ends)")
        lines: list[str] = []
        while line := asked("   ", ""):
            if line == LEAVE:
                return LEAVE
            lines.append(line)
        named = Path(lines[0]).expanduser() if len(lines) == 1 else None
        if named is not None and named.suffix.lower() in KINDS and named.is_file():
            return read_document(named).text
        return "\n".join(lines) or question.value
    return asked(
        f"  {question.asks}{f' ({question.hint})' if question.hint and not question.value else ''}", question.value
    )


def asked(question: str, default: str) -> str:
    """Ask for a line; Enter is the default."""
    told = typer.prompt(question, default=default, show_default=bool(default))
    return str(told).strip()


def yes(question: str, *, is_yes: bool) -> bool:
    """Ask for yes or no."""
    return bool(typer.confirm(question, default=is_yes))
