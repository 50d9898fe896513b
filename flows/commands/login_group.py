"""The commands of `audit login`, each a few lines that call one: who lets the audit read an official account."""

from typing import Annotated

import typer

from flows.commands.arguments import School
from policies.platforms.x import X
from policies.platforms.youtube import YOUTUBE

login = typer.Typer(help="Lets the audit read an official account, by its owner's consent.", no_args_is_help=True)
Handle = Annotated[str | None, typer.Option("--account", help="Its handle, where the school has several there.")]
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open one here; or sign in elsewhere, and paste the answer.")
]
Port = Annotated[
    int | None, typer.Option(min=1024, max=65_535, help="The port to come back to: 8378 at X, any at Google.")
]


@login.command()
def x(school: School, *, account: Handle = None, browser: Browser = True, port: Port = None) -> None:
    """Sign in at X as the official account; its followers then cost a tenth where it owns the app."""
    from flows.commands import login as login_command

    login_command.login(school, X.id, handle=account, port=port, has_browser=browser, lets_read_comments=False)


@login.command()
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
    """Sign in at Google as the owner of the official channel, to be read and no more."""
    from flows.commands import login as login_command

    login_command.login(school, YOUTUBE.id, handle=account, port=port, has_browser=browser, lets_read_comments=comments)
