"""Whether a form was sent from a page of the desk's own, as far as the browser tells; tokens say the rest."""

from starlette.requests import Request


def is_own(request: Request) -> bool:
    """Say whether the browser tells that a request came from this address.

    A page that hides its address makes browsers call its origin "null", so what they say of the site counts first.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = request.headers.get("origin")
    scheme = "https" if request.app.state.is_https else "http"
    return origin is None or origin in {f"{scheme}://{host}" for host in request.app.state.hosts}


def is_from_elsewhere(request: Request) -> bool:
    """Say whether another site led here, so that the browser kept the desk's own cookies back."""
    return request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
