"""The commands that let the audit run unattended, each a few lines that call one: who is told, and the schedule."""

from typing import Annotated

import typer

from flows.commands.arguments import School


def notify(
    school: School,
    *,
    test: Annotated[bool, typer.Option("--test", help="Send a test message to everyone named.")] = False,
) -> int:
    """Say who is told how a run ended, or with --test whether a message reaches each of them."""
    from flows.commands import notify as notify_command

    return notify_command.notify(school, is_test=test)
