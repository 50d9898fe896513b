"""Requests that people may make of the school about their data: of what kinds, what is done on the way, and by when."""

from calendar import monthrange
from datetime import date, timedelta

KINDS = {
    "access": "subject access request",
    "erasure": "request to erase",
    "objection": "objection",
    "rectification": "request to put right",
    "complaint": "complaint",
}
RECEIVED, EXTENDED, CLOSED = "received", "extended", "closed"
ACKNOWLEDGED = "acknowledged"
ENDS = ("sent", "done", "refused")  # one of which is recorded before a request is closed
STEPS = {
    ACKNOWLEDGED: "acknowledged",
    "identity": "identity checked",
    "asked": "asked what is meant",
    "searched": "searched",
    EXTENDED: "extended by two months",
    "sent": "sent",
    "done": "done",
    "refused": "refused",
    CLOSED: "closed",
}
DAYS_TO_ACKNOWLEDGE = 30  # of a complaint
_MORE = 2  # months by which it may be extended, once


def answer_due(received_on: date, *, is_extended: bool = False) -> date:
    """Return the last day to answer: one calendar month after it was received, or three; no holiday pauses it.

    A month that lacks the day ends on its last: what came on 31 January is due on the last of February.
    """
    month = received_on.month + 1 + (_MORE if is_extended else 0)
    year, month = received_on.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def acknowledgement_due(kind: str, received_on: date) -> date | None:
    """Return the last day to acknowledge a complaint; None for the other kinds."""
    return received_on + timedelta(days=DAYS_TO_ACKNOWLEDGE) if kind == "complaint" else None
