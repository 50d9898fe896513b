"""`audit login`: an official account's owner lets the audit read it."""

import secrets
import sys
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from connectors.consent import ConsentAsked, Grant
from connectors.errors import SourceError
from flows.home.arguments import School
from flows.home.context import Context, open_context, require_permission
from flows.home.settings import ConfigurationError, from_environment
from flows.login.online import answered_by, price, shown_to
from flows.login.outlook import outlook
from flows.login.tokens import KeptGrant, Tokens
from flows.login.ways import BACK_PORT, Redirect, SignInWay, in_address, way_of
from policies.errors import UserError
from policies.platforms.registry import YOUTUBE, X, platform_of
from policies.school import OfficialAccount

_SECONDS_TO_ANSWER = 300.0
_NOTHING_KEPT = "Nothing was kept: begin again."


@dataclass(frozen=True, slots=True)
class WhoSignsIn:
    """Whoever signs in: how they are told something, asked for something, and shown a page (False where none opens)."""

    say: Callable[[str], None]
    ask: Callable[[str], str]
    browse: Callable[[str], bool] | None
    port: int | None = None
    lets_read_comments: bool = False
    seconds: float = _SECONDS_TO_ANSWER


def sign_in(context: Context, account: OfficialAccount, person: WhoSignsIn) -> str:
    """Have the account's owner consent, and keep what came; return a sentence. UserError says why nothing was kept."""
    require_permission(replace(context, looks_up=True))
    tokens = Tokens(context.places, context.key)
    tokens.of(account)  # says, before anybody is troubled, where the file cannot be read
    way = way_of(context, account, lets_read_comments=person.lets_read_comments)
    person.say(price(context, (account,)))
    kept = KeptGrant(_consented(context, account, way, person), way.app, way.scopes, signed_in_at=context.now())
    with tokens.held():
        tokens.keep(account, kept)
    return f"@{account.handle} lets the audit read. {' '.join(outlook(context, account, kept)) or 'It lasts.'}"


def _consented(context: Context, account: OfficialAccount, way: SignInWay, person: WhoSignsIn) -> Grant:
    """Return the official account's own tokens; what is anybody else's is given back. Raises UserError."""
    port = way.port if person.port is None else person.port
    with Redirect(port).served() if person.browse else nullcontext() as redirect:
        back = redirect.address if redirect else f"http://127.0.0.1:{port or BACK_PORT}/"
        with closing(way.consent(back, redirect is not None)) as consent:
            grant = _granted(consent, _answer(consent, person, redirect), account)
            try:
                _ensure_the_accounts(context, account, way, grant)
                _ensure_lasting(account, grant)
            except UserError:
                _give_back(consent, grant)
                raise
            return grant


def _answer(consent: ConsentAsked, person: WhoSignsIn, redirect: Redirect | None) -> Mapping[str, str]:
    """Send the person to the platform's page, and return what the browser, or they, bring back."""
    if redirect is None or person.browse is None:
        person.say(
            f"Open this page in a browser, sign in as the official account, and let the app read:\n{consent.address}"
        )
        return in_address(person.ask("Then paste here the whole address to which it leads, or the PIN that it shows: "))
    redirect.lead_to(consent.address)
    person.say("A browser opens: sign in there as the official account, and let the app read.")
    if not person.browse(redirect.start):
        raise ConfigurationError("No browser opens on this machine: run the same again with --no-browser.")
    return redirect.answer(person.seconds)


def _granted(consent: ConsentAsked, answer: Mapping[str, str], account: OfficialAccount) -> Grant:
    """Return the tokens for an answer that is one to this question; ConfigurationError or SourceError if none come."""
    name, value = consent.known_by
    platform = platform_of(account.platform).name
    if "error" in answer or "denied" in answer:
        raise ConfigurationError(f"At {platform} somebody said no, or closed the page. {_NOTHING_KEPT}")
    is_pin = answer.keys() == {"oauth_verifier"}
    if not is_pin and not secrets.compare_digest(answer.get(name, "").encode(), value.encode()):
        raise ConfigurationError(f"What came back is no answer to what {platform} was asked now. {_NOTHING_KEPT}")
    if not answer.keys() & {"code", "oauth_verifier"}:
        raise ConfigurationError(f"What came back holds no answer of {platform}'s. {_NOTHING_KEPT}")
    try:
        return consent.granted(answer)
    except SourceError as error:
        if error.kind == "credentials":
            error.what_to_do = f"{_NOTHING_KEPT} An answer is good once, and at X for half a minute."
        raise


def _ensure_the_accounts(context: Context, account: OfficialAccount, way: SignInWay, grant: Grant) -> None:
    """Ask the platform whose tokens these are; ConfigurationError unless they are the official account's own."""
    shown = shown_to(context, account, way.keys(grant))
    if other := answered_by(account, shown):
        raise ConfigurationError(f"{other}: sign in there as the official account. Nothing was kept.")


def _ensure_lasting(account: OfficialAccount, grant: Grant) -> None:
    if grant.ends_at is not None and grant.refresh_token is None:
        name = platform_of(account.platform).name
        raise ConfigurationError(f"{name} gave no token that outlasts this hour. {_NOTHING_KEPT}")


def _give_back(consent: ConsentAsked, grant: Grant) -> None:
    """Have the platform end what is not kept; where it does not answer, the owner ends it in their settings."""
    try:
        consent.give_back(grant)
    except SourceError:
        return


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
