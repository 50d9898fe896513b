"""The arguments and options that several commands share."""

from datetime import datetime
from typing import Annotated

import typer

School = Annotated[str, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the run.")]
LookUpFollowers = Annotated[
    bool, typer.Option("--look-up-followers", help="Ask X who is behind the ids in archives; the price is said first.")
]
Online = Annotated[
    bool, typer.Option("--online", help="Ask each platform whose account it is too; the price is said first.")
]
