"""`audit new check`: the files of a check to fill in, written into the program's own source."""

from pathlib import Path
from typing import Annotated

import typer

from checks.model import CheckError
from checks.new import pack_line, skeleton
from flows.home.settings import ConfigurationError


def new_check(
    check_id: Annotated[str, typer.Argument(help="What it finds, such as staff_repost.", metavar="NAME")],
    *,
    area: Annotated[str, typer.Option(help="What it looks at: accounts, comments, followers or posts.")] = "posts",
) -> None:
    """Write the files of a new check to fill in, with its canary and its test, and print the line for a pack."""
    source = Path()
    try:
        texts = skeleton(check_id, area)
    except CheckError as error:
        raise ConfigurationError(str(error)) from error
    if not (source / "checks" / area).is_dir() or not (source / "tests" / "checks").is_dir():
        raise ConfigurationError(f"{source} does not hold the program's source. Run this where its Makefile is.")
    files = {source / path: text for path, text in texts.items()}
    if there := [path for path in files if path.exists()]:
        raise ConfigurationError(f"{there[0]} is there already and stays as it is. Choose another name.")
    for path, text in files.items():
        with path.open("x", encoding="utf-8") as made:
            made.write(text)
        typer.echo(f"made  {path}")
    typer.echo("Now write its question, its canary and its papers.", err=True)
    typer.echo(f"To see what is still to fill in: .venv/bin/python -m pytest tests/checks -k {check_id}", err=True)
    typer.echo(f"Then ask for it in a clause of a pack: {pack_line(check_id)}", err=True)
    typer.echo(
        "Last, put it on the page of checks: .venv/bin/python -m tests.house.pages.checks_page docs/checks.md", err=True
    )
