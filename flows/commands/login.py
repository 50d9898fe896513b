"""`audit login`: an official account's owner lets the audit read it."""

import sys
import webbrowser
from typing import TYPE_CHECKING

import typer

from flows.settings import ConfigurationError, from_environment

if TYPE_CHECKING:
    from flows.context import Context
    from policies.school import OfficialAccount


def login(
    school_id: str, platform: str, *, handle: str | None, port: int | None, has_browser: bool, lets_read_comments: bool
) -> None:
    """Have one account's owner consent, keep what the platform gives, and say how it stands."""
    from flows.context import open_context
    from flows.login.sign_in import WhoSignsIn, sign_in

    context = open_context(from_environment(), school_id, None)
    account = _account(context, platform, handle)
    person = WhoSignsIn(
        say=_say,
        ask=_ask,
        browse=webbrowser.open if has_browser else None,
        port=port,
        lets_read_comments=lets_read_comments,
    )
    typer.echo(sign_in(context, account, person))


def _account(context: "Context", platform: str, handle: str | None) -> "OfficialAccount":
    """Return the account that is meant; ConfigurationError unless there is one, and one only."""
    there = [account for account in context.school.account if account.platform == platform]
    wanted = (handle or "").removeprefix("@").casefold()
    meant = [account for account in there if not wanted or account.handle.casefold() == wanted]
    if len(meant) == 1:
        return meant[0]
    handles = " or ".join(f"--account {account.handle}" for account in there)
    if not there:
        raise ConfigurationError(f"school.toml names no account on {platform}: add its [[account]] block first.")
    raise ConfigurationError(f"Say which account signs in: {handles}.")


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _ask(question: str) -> str:
    """Return what a person types, which holds a code and is not shown."""
    if sys.stdin.isatty():
        return str(typer.prompt(question, hide_input=True, prompt_suffix=""))
    typer.echo(question, err=True)
    return sys.stdin.readline()
