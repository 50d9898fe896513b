"""X's way of saying no: problem bodies for whole requests, and partial errors inside an answer of status 200."""

from dataclasses import dataclass
from typing import Any

from demo.endpoint import SimulatedResponse
from demo.x.api_versions import API, XEdition

PROBLEM_JSON = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Invalid:
    """One parameter that X does not take: its name, the values given, and X's sentence about it."""

    parameter: str
    values: tuple[str, ...]
    message: str


def plain(status: int) -> SimulatedResponse:
    """Return X's general problem of this status."""
    title = API["titles"][str(status)]
    body = {"title": title, "detail": API["details"].get(str(status), title), "type": "about:blank", "status": status}
    return SimulatedResponse(status, body, media_type=PROBLEM_JSON)


def unsupported_authentication(edition: XEdition) -> SimulatedResponse:
    """Return X's refusal of an app-only token where a user's is wanted."""
    body = {
        "title": "Unsupported Authentication",
        "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
        "type": f"{edition.problem_host}/2/problems/unsupported-authentication",
        "status": 403,
    }
    return SimulatedResponse(403, body, media_type=PROBLEM_JSON)


def invalid_request(edition: XEdition, invalid: list[Invalid]) -> SimulatedResponse:
    """Return the 400 that names these parameters, in the form of this edition."""
    body: dict[str, Any] = {
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{edition.problem_host}/2/problems/invalid-request",
    }
    if edition.is_new:
        first = invalid[0]
        body |= {"detail": first.message, "parameter": first.parameter, "value": ",".join(first.values), "status": 400}
    else:
        body["errors"] = [
            {"parameters": {each.parameter: list(each.values)}, "message": each.message} for each in invalid
        ]
    return SimulatedResponse(400, body, media_type=PROBLEM_JSON)


def not_found(edition: XEdition, kind: str, parameter: str, value: str) -> dict[str, str]:
    """Return the partial error for a user or post that X does not know."""
    return {
        "value": value,
        "detail": f"Could not find {edition.wire(kind)} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": edition.wire(kind),
        "parameter": parameter,
        "resource_id": value,
        "type": f"{edition.problem_host}/2/problems/resource-not-found",
    }


def suspended(edition: XEdition, parameter: str, value: str) -> dict[str, str]:
    """Return the partial error for a suspended user."""
    return not_found(edition, "user", parameter, value) | {
        "title": "Forbidden",
        "detail": f"User has been suspended: [{value}].",
    }


def not_authorised(edition: XEdition, kind: str, parameter: str, value: str, section: str = "data") -> dict[str, str]:
    """Return the partial error for something of a protected user."""
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {edition.wire(kind)} with {parameter}: [{value}].",
        "title": "Authorization Error",
        "resource_type": edition.wire(kind),
        "parameter": parameter,
        "resource_id": value,
        "section": section,
        "type": f"{edition.problem_host}/2/problems/not-authorized-for-resource",
    }
