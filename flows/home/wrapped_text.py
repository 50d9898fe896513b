"""Prints sentences no wider than the terminal."""

import shutil
import textwrap

import typer

NARROWEST = 40


def say(text: str, *, indent: int = 0) -> None:
    """Print a text, its further lines under its first."""
    width = max(shutil.get_terminal_size((100, 24)).columns, NARROWEST)
    margin = " " * indent
    typer.echo(
        textwrap.fill(text, width, initial_indent=margin, subsequent_indent=margin or "  ", break_long_words=False)
    )
