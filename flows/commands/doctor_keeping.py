"""What doctor says of what must not be kept: whether today's date lets anything go, and whether an erasure waits."""

from collections.abc import Iterator

from flows.commands.doctor_line import DoctorLine
from flows.context import Context
from flows.erasure_begun import erasure_begun
from policies.errors import UserError
from warehouse.casebook.newest_days import newest_days
from warehouse.migrate import pending
from warehouse.open import opened
from warehouse.retention.likely_day import doubt_about

_BELIEVED = "today's date may be believed, so each run deletes what is over its clock."
_NOT_LOOKED = "not looked at; the next run brings the warehouse up to this program first."


def keeping_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield whether what is over its clock can be deleted today, and whether every erasure has ended."""
    if context.places.warehouse.exists():
        yield _deletion(context)
    begun = erasure_begun(context)
    yield DoctorLine("erasure", is_ok=begun is None, says=begun or "none waits to be finished.")


def _deletion(context: Context) -> DoctorLine:
    """Look at today's date as a run would; writes nothing."""
    try:
        with context.casebook() as book:
            elsewhere = newest_days(book)
        with opened(context.places.warehouse, context.key, read_only=True) as db:
            if pending(db):
                return DoctorLine("deletion by age", is_ok=True, says=_NOT_LOOKED)
            doubt = doubt_about(db, context.now(), context.today(), school=context.school.id, elsewhere=elsewhere)
    except UserError as error:
        return DoctorLine("deletion by age", is_ok=False, says=error.sentence)
    return DoctorLine("deletion by age", is_ok=doubt is None, says=doubt or _BELIEVED)
