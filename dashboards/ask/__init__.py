"""The Data Protection Officer's own questions, in SQL: one reading statement, answered in a process of its own."""

from policies.errors import UserError


class AskError(UserError):
    """The question cannot be answered; the message is one sentence that says why."""
