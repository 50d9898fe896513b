"""Stands between a connector and a simulated platform, and changes what comes back: lists cut, lookups bent."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.connectors.odd import Odd, OddServer, odd

Json = dict[str, Any]
Edit = Callable[[str, Json], Json]


@contextmanager
def between(url: str, edit: Edit) -> Iterator[OddServer]:
    """Pass every request on to the platform at `url`, and its answers back as `edit(path with query, body)` wants."""
    with requests.Session() as session:

        def answer(path: str, headers: dict[str, str]) -> Odd:
            sent = {name: value for name, value in headers.items() if name in {"authorization", "content-type"}}
            got = session.get(url + path, headers=sent, timeout=5)
            return Odd(edit(path, json.loads(got.content)), got.status_code)

        with odd(answer) as server:
            yield server


def without(body: Json, *ids: str, under: str = "data") -> Json:
    """Return an answer without these resources, as if the platform had left them out."""
    listed = body.get(under)
    return body | {under: [one for one in listed if one["id"] not in ids]} if isinstance(listed, list) else body
