"""What `audit doctor` says of those who are told how a run ended; it sends nothing."""

from collections.abc import Iterator

from flows.commands.doctor_line import DoctorLine
from flows.context import Context
from flows.notify.send import address_of
from flows.notify.state import read_state, why_not_kept
from flows.settings import ConfigurationError
from policies.dates import long_date
from policies.roles import title_of


def notify_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield one line for each role that school.toml notifies: its address can be used, and took the last message."""
    if not context.school.notify:
        says = "nobody is told how a run ended; name a role in school.toml: [[notify]]"
        yield DoctorLine("notify", is_ok=True, says=says)
    if context.school.notify and (problem := why_not_kept(context.places)):
        yield DoctorLine("notify", is_ok=False, says=problem)
    unsent = read_state(context.places).unsent
    for recipient in context.school.notify:
        what = f"notify {title_of(recipient.role)}"
        try:
            address_of(context.places, recipient)
        except ConfigurationError as error:
            yield DoctorLine(what, is_ok=False, says=str(error))
            continue
        if day := unsent.get(recipient.key):
            says = f"no message has gone out since {long_date(day)}. Run: audit notify {context.school.id} --test"
            yield DoctorLine(what, is_ok=False, says=says)
        else:
            says = f"by [{recipient.to}], of: {', '.join(recipient.on)}"
            yield DoctorLine(what, is_ok=True, says=says)
