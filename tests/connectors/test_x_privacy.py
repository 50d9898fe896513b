"""No credential and no person's name leaves the X connector by way of a log, an exception or a stored request."""

import logging
import traceback

import pytest

from connectors.errors import SourceError
from connectors.x.client import XCredentials
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.test_x_errors import odd_source
from tests.connectors.town import NAMES, SECRETS, SIGNING, town, x_source


@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_logs_at_their_most_talkative_hold_no_secret_and_no_name(caplog: pytest.LogCaptureFixture, reads: str) -> None:
    caplog.set_level(logging.DEBUG)
    with town() as servers:
        store = MemoryStore()
        list(x_source(servers, reads=reads).pull(store))
        servers.moods.set("x", "/2/users/7001/following", ["500"])
        with pytest.raises(SourceError):
            list(x_source(servers, reads=reads).pull(MemoryStore()))

    said = caplog.text + "".join(page.request + page.listing for page in store.every_page)
    assert said
    assert not [word for word in (*SECRETS, *NAMES, "oauth_signature") if word in said]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429, 500])
def test_exceptions_quote_nothing_of_the_answer(status: int) -> None:
    body = {"title": "No", "detail": "Marrow said bearer-of-the-town", "errors": [{"message": "Marrow"}]}
    with odd(lambda _path, _headers: Odd(body, status)) as server:
        try:
            list(odd_source(server.url).pull(MemoryStore()))
        except SourceError as error:
            told = "".join(traceback.format_exception(error))
        else:
            told = ""

    assert "Marrow" not in told
    assert "bearer-of-the-town" not in told


def test_credentials_do_not_show_themselves() -> None:
    assert repr(SIGNING) == "XCredentials()"
    assert repr(XCredentials(bearer="bearer-of-the-town")) == "XCredentials()"
