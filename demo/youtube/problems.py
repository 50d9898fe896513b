"""Google's way of saying no: one error form, with a reason that says which no."""

from demo.endpoint import SimulatedResponse

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
MESSAGES = {
    "authError": "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
    "other valid authentication credential.",
    "required": "Login Required.",
    "forbidden": "The request is not properly authorized.",
    "quotaExceeded": "The request cannot be completed because you have exceeded your quota.",
    "rateLimitExceeded": "The request cannot be completed because you have exceeded the rate limit.",
    "backendError": "Backend Error",
    "notFound": "The requested resource could not be found.",
    "channelNotFound": "The channel specified in the request cannot be found.",
    "playlistNotFound": "The playlist identified with the request's playlistId parameter cannot be found.",
    "videoNotFound": "The video identified by the videoId parameter could not be found.",
    "commentNotFound": "The comment identified by the parentId parameter could not be found.",
    "commentsDisabled": "The video identified by the videoId parameter has disabled comments.",
    "accountClosed": "Subscriptions could not be retrieved because the subscriber's account is closed.",
    "accountSuspended": "Subscriptions could not be retrieved because the subscriber's account is suspended.",
    "subscriberNotFound": "The subscriber identified with the request cannot be found.",
    "subscriptionForbidden": "The requester is not allowed to access the requested subscriptions.",
    "invalidPageToken": "The request specifies an invalid page token.",
    "missingRequiredParameter": "No filter selected. Expected one of the method's filter parameters.",
    "incompatibleParameters": "Incompatible parameters specified in the request.",
}
_DOMAINS = {
    "quotaExceeded": "youtube.quota",
    "rateLimitExceeded": "usageLimits",
    "authError": "global",
    "required": "global",
    "forbidden": "global",
    "backendError": "global",
    "notFound": "global",
}


def problem(status: int, reason: str, *, location: str | None = None, message: str | None = None) -> SimulatedResponse:
    """Return Google's error body of this status and reason."""
    text = message or MESSAGES[reason]
    detail = {"message": text, "domain": _DOMAINS.get(reason, "youtube.api"), "reason": reason}
    if location is not None:
        detail |= {"location": location, "locationType": "parameter"}
    body = {"error": {"code": status, "message": text, "errors": [detail], "status": STATUS_NAMES[status]}}
    return SimulatedResponse(status, body, {"vary": "Origin, X-Origin, Referer"}, "application/json; charset=UTF-8")
