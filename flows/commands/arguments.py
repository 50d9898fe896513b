"""The arguments and options that several commands share."""

from datetime import datetime
from typing import Annotated

import typer


def _without_slash(school_id: str) -> str:
    return school_id.rstrip("/") or school_id  # a shell that completes a folder's name adds one


School = Annotated[
    str, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.", callback=_without_slash)
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the run.")]
LookUpFollowers = Annotated[
    bool, typer.Option("--look-up-followers", help="Ask X who is behind the ids in archives; the price is said first.")
]
Online = Annotated[
    bool, typer.Option("--online", help="Ask each platform whose account it is too; the price is said first.")
]
