"""What somebody types and the casebook keeps: refused where it has the whole name of somebody on a register."""

from dashboards.ask.names_nobody import ensure_names_nobody
from flows.context import Context
from flows.subject_pack.asked import names_of, registers_now


def ensure_names_nobody_registered(context: Context, text: str, *, option: str) -> None:
    """Raise AskError, one sentence, where the text has a whole name of the registers as their files lie there now."""
    ensure_names_nobody(text, everybody=names_of(registers_now(context)), option=option)
