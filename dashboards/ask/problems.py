"""The one error of a question that is not answered."""

from policies.errors import UserError


class AskError(UserError):
    """The question cannot be answered; the message is one sentence that says why."""
