"""The school's sign-in provider over real HTTP: who came back, or one sentence and nobody."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors.openid import OpenIdClient
from policies.desk import OpenIdError, OpenIdSettings, SignedInAs
from tests.dashboards.desks import NOON
from tests.dashboards.providers import CLIENT, SECRET, TOKEN_LIES, Liar, liar
from tests.flows.receiving import free_port

NONCE, VERIFIER, BACK = "n" * 43, "v" * 43, "http://127.0.0.1:9/back"


@pytest.fixture(scope="module")
def provider() -> Iterator[Liar]:
    with liar() as lying:
        yield lying


@pytest.fixture
def client(provider: Liar) -> OpenIdClient:
    settings = OpenIdSettings(issuer=provider.issuer, client_id=CLIENT, label="Vale accounts")
    return OpenIdClient(settings, SECRET, clock=lambda: NOON, seconds=2.0)


def came_back(client: OpenIdClient) -> SignedInAs:
    """Go to the provider as a browser does, and give the code that it comes back with."""
    address = client.address(state="s" * 43, nonce=NONCE, verifier=VERIFIER, back=BACK)
    with httpx.Client() as browser:
        way = browser.get(address).headers["location"]
    [code] = parse_qs(urlsplit(way).query)["code"]
    return client.identity(code=code, nonce=NONCE, verifier=VERIFIER, back=BACK)


def test_who_came_back_is_known_by_the_provider_s_id_and_an_address_that_it_verified(
    client: OpenIdClient, provider: Liar
) -> None:
    provider.honest(sub="id-7", email="lead@ousterly-vale.example", email_verified=True)
    assert came_back(client) == SignedInAs(provider.issuer, "id-7", "lead@ousterly-vale.example")

    provider.honest(sub="id-7", email="lead@ousterly-vale.example", email_verified="true")
    assert came_back(client) == SignedInAs(provider.issuer, "id-7", None)


@pytest.mark.parametrize("lie", TOKEN_LIES)
def test_no_lie_of_a_provider_s_names_anybody(client: OpenIdClient, provider: Liar, lie: str) -> None:
    provider.honest(sub="id-7")
    for name, value in TOKEN_LIES[lie].items():
        setattr(provider, name, value)

    with pytest.raises(OpenIdError) as refused:
        came_back(client)

    assert "id-7" not in str(refused.value)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://another.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
        {"token_endpoint": 7},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_points_elsewhere_is_refused(client: OpenIdClient, provider: Liar, says: Any) -> None:
    provider.honest(sub="id-7").says = says

    with pytest.raises(OpenIdError, match="What Vale accounts answered is not right"):
        came_back(client)


def test_a_provider_that_is_not_there_is_told_in_one_sentence(client: OpenIdClient) -> None:
    gone = replace(client, settings=client.settings.model_copy(update={"issuer": f"http://127.0.0.1:{free_port()}"}))

    with pytest.raises(OpenIdError, match="Vale accounts does not answer"):
        gone.address(state="s", nonce=NONCE, verifier=VERIFIER, back=BACK)
