"""The school's sign-in provider as school.toml names it, with the desk's secret at it."""

from connectors.openid import OpenIdClient
from flows.home.keys import read_credentials
from flows.home.settings import ConfigurationError, Settings
from policies.school import School
from warehouse.store.places import Places

BLOCK = "desk_openid"  # of credentials.toml


def openid_client(settings: Settings, places: Places, school: School) -> OpenIdClient | None:
    """Return the provider; None where the school names none, ConfigurationError where its secret is not there."""
    openid = school.desk.openid
    if openid is None:
        return None
    secret = settings.openid_secret or _kept(places)
    return OpenIdClient(openid, secret, clock=settings.clock)


def _kept(places: Places) -> str:
    block: object = read_credentials(places).get(BLOCK, {}) if places.credentials.exists() else {}
    secret = block.get("client_secret", "").strip() if isinstance(block, dict) else ""
    if not secret:
        raise ConfigurationError(
            f"[desk.openid] in school.toml takes a secret: put client_secret under [{BLOCK}] in credentials.toml, or "
            "set AUDIT_OPENID_SECRET."
        )
    return str(secret)
