"""Every error that the libraries under us can raise has a meaning of ours; a new one fails here first."""

from types import ModuleType

import google.auth.exceptions
import googleapiclient.errors
import httplib2
import pytest
import requests.exceptions
import tweepy.errors

from connectors.bounds import TooLarge
from connectors.x import meaning as x
from connectors.youtube import meaning as youtube


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
        (tweepy.errors, x.MEANING),
        (requests.exceptions, x.MEANING),
        (googleapiclient.errors, youtube.MEANING),
        (google.auth.exceptions, youtube.MEANING),
        (httplib2.error, youtube.MEANING),
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

    assert x.MEANING.keys() - defined == set()
