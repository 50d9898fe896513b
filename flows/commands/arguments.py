"""The arguments and options that several commands share."""

from datetime import datetime
from typing import Annotated

import typer

School = Annotated[str, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the run.")]
