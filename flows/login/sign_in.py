"""One sign-in from its beginning to its end: consent, tokens, whose they are, and only then are they kept."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace

from connectors.consent.grant import ConsentAsked, Grant
from connectors.errors import SourceError
from flows.home.context import Context, require_permission
from flows.home.settings import ConfigurationError
from flows.login.kept import KeptGrant, Tokens
from flows.login.online import answered_by, price, shown_to
from flows.login.outlook import outlook
from flows.login.redirect import Redirect, in_address
from flows.login.ways import BACK_PORT, SignInWay, way_of
from policies.errors import UserError
from policies.platforms.registry import platform_of
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
    app = way.app
    person.say(price(context, (account,)))
    kept = KeptGrant(_consented(context, account, way, person), app, way.scopes, signed_in_at=context.now())
    with tokens.held():
        tokens.keep(account, kept)
    return f"@{account.handle} lets the audit read. {' '.join(outlook(context, account, kept)) or 'It lasts.'}"


def _consented(context: Context, account: OfficialAccount, way: SignInWay, person: WhoSignsIn) -> Grant:
    """Return the official account's own tokens; what is anybody else's is given back. Raises UserError."""
    port = way.port if person.port is None else person.port
    with Redirect(port).served() if person.browse else nullcontext() as redirect:
        back = redirect.address if redirect else f"http://127.0.0.1:{port or BACK_PORT}/"
        with closing(way.consent(back, has_browser=redirect is not None)) as consent:
            grant = _granted(consent, _answer(consent, person, redirect), account)
            try:
                _must_be_the_accounts(context, account, way, grant)
                _must_be_lasting(account, grant)
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


def _must_be_the_accounts(context: Context, account: OfficialAccount, way: SignInWay, grant: Grant) -> None:
    """Ask the platform whose tokens these are; ConfigurationError unless they are the official account's own."""
    shown = shown_to(context, account, way.keys(grant))
    if other := answered_by(account, shown):
        raise ConfigurationError(f"{other}: sign in there as the official account. Nothing was kept.")


def _must_be_lasting(account: OfficialAccount, grant: Grant) -> None:
    if grant.ends_at is not None and grant.refresh_token is None:
        name = platform_of(account.platform).name
        raise ConfigurationError(f"{name} gave no token that outlasts this hour. {_NOTHING_KEPT}")


def _give_back(consent: ConsentAsked, grant: Grant) -> None:
    """Have the platform end what is not kept; where it does not answer, the owner ends it in their settings."""
    try:
        consent.give_back(grant)
    except SourceError:
        return
