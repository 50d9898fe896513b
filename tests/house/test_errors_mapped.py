"""Every error that the libraries under us can raise has a meaning of ours; a new one fails here first."""

from types import ModuleType

import google.auth.exceptions
import googleapiclient.errors
import httplib2
import pytest
import requests.exceptions
import tweepy.errors

from connectors.response_limits import TooLarge
from connectors.x import error_map as x
from connectors.youtube import error_map as youtube


def raised_by(module: ModuleType) -> set[type[Exception]]:
    """Return the exceptions that this module itself defines, warnings apart."""
    return {
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Exception)
        and not issubclass(thing, Warning)
        and thing.__module__ == module.__name__
    }


@pytest.mark.parametrize(
    ("module", "known"),
    [
        (tweepy.errors, x.ERROR_MAP),
        (requests.exceptions, x.ERROR_MAP),
        (googleapiclient.errors, youtube.ERROR_MAP),
        (google.auth.exceptions, youtube.ERROR_MAP),
        (httplib2.error, youtube.ERROR_MAP),
    ],
    ids=["tweepy", "requests", "googleapiclient", "google.auth", "httplib2"],
)
def test_every_error_of_the_library_has_a_meaning(module: ModuleType, known: dict[type[Exception], object]) -> None:
    defined = raised_by(module)

    assert defined
    assert defined - known.keys() == set()


def test_no_meaning_is_kept_for_an_error_that_is_gone() -> None:
    libraries = (tweepy.errors, requests.exceptions)
    defined = {error for library in libraries for error in raised_by(library)} | {TooLarge, TimeoutError}

    assert x.ERROR_MAP.keys() - defined == set()
