"""What doctor says of backups: when the last one was made, and whether a restore was broken off."""

from collections.abc import Iterator
from datetime import timedelta

from flows.backup.asked import backup_question
from flows.commands.doctor_line import DoctorLine
from flows.context import Context
from policies.dates import long_date
from policies.errors import UserError
from warehouse.casebook.question_log import last_answered
from warehouse.left_overs import restoring

_WEEK_AND_A_DAY = timedelta(days=8)


def backup_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield how old the last backup is: none by this program is no mistake, one that is not followed by another is."""
    school = context.school.id
    try:
        with context.casebook() as book:
            last = last_answered(book.engine, school, backup_question(school))
    except UserError as error:
        yield DoctorLine("last backup", is_ok=False, says=error.sentence)
        return
    if last is None:
        says = f"none was made by this program; on another disk: audit backup {school} --out FILE"
        yield DoctorLine("last backup", is_ok=True, says=says)
    else:
        day = long_date(last.astimezone(context.zone).date())
        is_fresh = context.now() - last <= _WEEK_AND_A_DAY
        yield DoctorLine("last backup", is_fresh, day if is_fresh else f"{day}; look whether its schedule runs.")
    if restoring(context.places):
        says = f"a backup is being put back, or was broken off: run the same `audit restore {school}` again."
        yield DoctorLine("restore", is_ok=False, says=says)
