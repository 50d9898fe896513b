"""`audit login`: an official account's owner lets the audit read it."""

import sys
import webbrowser
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.login.sign_in import WhoSignsIn, sign_in
from policies.platforms.x import X
from policies.platforms.youtube import YOUTUBE
from policies.school import OfficialAccount

Handle = Annotated[str | None, typer.Option("--account", help="Its handle, where the school has several there.")]
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open one here; or sign in elsewhere, and paste the answer.")
]
Port = Annotated[
    int | None, typer.Option(min=1024, max=65_535, help="The port to come back to: 8378 at X, any at Google.")
]


def x(school: School, *, account: Handle = None, browser: Browser = True, port: Port = None) -> None:
    """Sign in at X as the official account; its followers then cost a tenth where it owns the app."""
    _login(school, X.id, handle=account, port=port, has_browser=browser, lets_read_comments=False)


def youtube(
    school: School,
    *,
    account: Handle = None,
    browser: Browser = True,
    port: Port = None,
    comments: Annotated[
        bool, typer.Option("--comments", help="Let comments be read too; Google's right for that may also write.")
    ] = False,
) -> None:
    """Sign in at Google as the owner of the official channel, to read it only."""
    _login(school, YOUTUBE.id, handle=account, port=port, has_browser=browser, lets_read_comments=comments)


def _login(
    school_id: str, platform: str, *, handle: str | None, port: int | None, has_browser: bool, lets_read_comments: bool
) -> None:
    """Have one account's owner consent, keep what the platform gives, and say how it stands."""
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


def _account(context: Context, platform: str, handle: str | None) -> OfficialAccount:
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
