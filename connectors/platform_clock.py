"""What time it is at a platform, by the Date of any answer of its own: asked without credentials, and free."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import requests

from connectors.response_limits import PlainTransport, TooLarge

_MOST_BYTES = 64_000


def platform_time(host: str, path: str, seconds: float) -> datetime | None:
    """Return the time (aware) that a platform's answer bears; None where none comes, or it bears none."""
    with requests.Session() as session:
        session.trust_env = host.startswith("https://")
        session.mount(host, PlainTransport(seconds, _MOST_BYTES))
        try:
            answer = session.head(f"{host.rstrip('/')}{path}", allow_redirects=False)
            return parsedate_to_datetime(answer.headers["Date"])
        except (requests.RequestException, TooLarge, OSError, KeyError, ValueError):
            return None
