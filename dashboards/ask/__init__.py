"""The Data Protection Officer's own questions, in SQL, of the published copy: one reading statement, nothing else."""

from dashboards.ask.answer import AskError, ask, locked
from dashboards.ask.render import Form, render

__all__ = ["AskError", "Form", "ask", "locked", "render"]
