"""`audit new check`: the files of a check to fill in, written into the program's own source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from string import Template
from typing import Annotated

import typer

from flows.home.settings import ConfigurationError
from policies.toml_text import packaged_text

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")


class _Skeleton(Template):
    delimiter = "@@"  # a dollar is SQL's own


@dataclass(frozen=True, slots=True)
class Area:
    """What the checks of one folder look at: their population, the view that holds it, and its subjects."""

    coverage: str
    view: str
    subject: str
    subject_kind: str
    concerns: str


AREAS: Mapping[str, Area] = {
    "accounts": Area("core.profile_coverage", "core.profiles", "account_id", "account", "account"),
    "comments": Area("core.comment_coverage", "core.comments", "comment_id", "comment", "comment"),
    "followers": Area("core.follower_coverage", "core.followers", "actor_id", "actor", "account"),
    "posts": Area("core.post_coverage", "core.posts", "post_id", "post", "post"),
}


def new_check(
    check_id: Annotated[str, typer.Argument(help="What it finds, such as staff_repost.", metavar="NAME")],
    *,
    area: Annotated[str, typer.Option(help="What it looks at: accounts, comments, followers or posts.")] = "posts",
) -> None:
    """Write the files of a new check to fill in, with its canary and its test, and print the line for a pack."""
    source = Path()
    texts = _skeleton(check_id, area)
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
    typer.echo(f"Then ask for it in a clause of a pack: {_pack_line(check_id)}", err=True)
    typer.echo(
        "Last, put it on the page of checks: .venv/bin/python -m tests.house.pages.checks_page docs/checks.md", err=True
    )


def _skeleton(check_id: str, area: str) -> dict[PurePosixPath, str]:
    """Return the text of each new file by its path in the source."""
    if not _NAME.fullmatch(check_id):
        raise ConfigurationError(
            f"{check_id!r} is no name of a check: write what it finds in small letters, two words or more with "
            "underscores between, such as staff_repost."
        )
    if area not in AREAS:
        raise ConfigurationError(f"There is no area {area!r}; choose one of: {', '.join(AREAS)}.")
    place = AREAS[area]
    is_account = place.subject_kind == "account"
    given = {
        "check_id": check_id,
        "area": area,
        "coverage": place.coverage,
        "covered": place.coverage.removeprefix("core."),
        "view": place.view,
        "viewed": place.view.removeprefix("core."),
        "subject": place.subject,
        "subject_kind": place.subject_kind,
        "concerns": place.concerns,
        "canary": f"canary-{check_id.replace('_', '-')}",
        "case": "100" if is_account else "caught",
        "near_miss": "200" if is_account else "near_miss",
    }
    return {
        PurePosixPath(path.format(**given)): _Skeleton(packaged_text("checks.skeleton", name)).substitute(given)
        for name, path in (
            ("check.py.txt", "checks/{area}/{check_id}.py"),
            ("papers.toml.txt", "checks/{area}/{check_id}.toml"),
            ("question.sql.txt", "checks/{area}/{check_id}.sql"),
            (f"canary.{area}.sql.txt", "checks/{area}/{check_id}.canary.sql"),
            ("test.py.txt", "tests/checks/{area}/test_{check_id}.py"),
        )
    }


def _pack_line(check_id: str) -> str:
    """Return the lines that ask for the check in a clause of a pack."""
    return f'checks = [{{ check = "{check_id}", severity = "medium" }}]\ncovers = "part"\nnot_covered = ""'
