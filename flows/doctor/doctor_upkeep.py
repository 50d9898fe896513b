"""What doctor says of the school's upkeep: the weekly run, backups, deletion, erasures, messages, the object store."""

from collections.abc import Iterator

from flows.backup.stage import LOCK
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.home.terminal import DoctorLine
from flows.home.workspace import shelf_of
from flows.notify.missed import missed
from flows.notify.send import address_of
from flows.notify.state import read_state, why_not_kept
from flows.notify.telling import Teller
from flows.retention.erasure_begun import erasure_begun
from policies.dates import WEEK_AND_A_DAY, long_date
from policies.errors import UserError
from policies.roles import title_of
from warehouse.casebook.questions import backup_question, last_answered
from warehouse.privacy.retention.likely_day import doubt_about, newest_days
from warehouse.runs.run_progress import is_locked
from warehouse.store.migrate import NOT_LOOKED, pending
from warehouse.store.open import opened
from warehouse.store.places import drilling, next_of, restoring

_BELIEVED = "today's date may be believed, so each run deletes what is over its clock."
_WHAT = "object store"


def missed_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield what the daily look would tell: a week without a run, or a run that did not end well."""
    teller = Teller.of(context.settings, context.school.id, None)
    miss = None if teller is None else missed(teller)
    is_told = miss is not None and miss.what.startswith("since ") and context.places.published.exists()
    if miss is None or miss.what == "never" or is_told:  # how old the last one is stands above
        return
    says = f"{miss.sentence} Run it now, and look whether it is scheduled: audit run {context.school.id}"
    yield DoctorLine("weekly run", is_ok=False, says=says)


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
        is_fresh = context.now() - last <= WEEK_AND_A_DAY
        yield DoctorLine("last backup", is_fresh, day if is_fresh else f"{day}; look whether its schedule runs.")
    yield from _restores(context)


def _restores(context: Context) -> Iterator[DoctorLine]:
    """Yield what of a backup is being read, or was when a kill came: a drill touches nothing of the school's."""
    found, drills = set(restoring(context.places)), set(drilling(context.places.home))
    if killed := [folder for folder in found & drills if not is_locked(folder, LOCK)]:
        says = f"what a drill that was broken off has read is here yet ({len(killed)}). Delete it by: "
        says += "audit group drill --backups FOLDER"
        yield DoctorLine("restore drill", is_ok=False, says=says)
    elif found & drills:
        yield DoctorLine("restore drill", is_ok=True, says="one reads a backup beside the school, which goes on.")
    if found - drills:
        says = f"a backup is being put back, or was broken off: run the same `audit restore {context.school.id}` again."
        yield DoctorLine("restore", is_ok=False, says=says)


def keeping_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield whether what is over its clock can be deleted today, and whether every erasure and new key has ended."""
    if context.places.warehouse.exists():
        yield _deletion(context)
    begun = erasure_begun(context)
    yield DoctorLine("erasure", is_ok=begun is None, says=begun or "none waits to be finished.")
    for key in (context.places.casebook_key, context.settings.chain_key):
        if key is not None and next_of(key).exists():
            says = f"a change of {key} has not ended; all can be used until it is: audit keys rotate --home"
            yield DoctorLine("keys", is_ok=False, says=says)


def _deletion(context: Context) -> DoctorLine:
    """Look at today's date as a run would; writes nothing."""
    try:
        with context.casebook() as book:
            elsewhere = newest_days(book)
        with opened(context.places.warehouse, context.key, read_only=True) as db:
            if pending(db):
                return DoctorLine("deletion by age", is_ok=True, says=NOT_LOOKED)
            doubt = doubt_about(db, context.now(), context.today(), school=context.school.id, elsewhere=elsewhere)
    except UserError as error:
        return DoctorLine("deletion by age", is_ok=False, says=error.sentence)
    return DoctorLine("deletion by age", is_ok=doubt is None, says=doubt or _BELIEVED)


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


def stored_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield how the school stands in the object store; it has been fetched from there whole, with its key."""
    shelf = shelf_of(context.settings, context.school.id, context.key)
    found = shelf.newest()
    manifest = found.manifest
    put_back = f"{manifest.put_back_at:%Y-%m-%d %H:%M} UTC" if manifest.put_back_at else "no time that is known"
    says = f"generation {manifest.generation}, of {put_back}; every file is what was put there"
    if manifest.lease is not None:
        left = shelf.lease_left(found, "doctor").total_seconds() / 60
        says += f"; a worker has it for {left:.1f} minutes yet" if left else "; a worker that died had it last"
    yield DoctorLine(_WHAT, is_ok=True, says=f"{says}.")
    if context.settings.group is None:
        says = "AUDIT_GROUP names no file, so no budget of a group or an allowance holds here."
        yield DoctorLine("group.toml", is_ok=True, says=says)
    if unneeded := shelf.unneeded(manifest, manifest.leases - 1 if manifest.lease else manifest.leases):
        says = f"{len(unneeded)} objects that nothing needs are left, of a worker that died; the next run deletes them."
        yield DoctorLine(f"{_WHAT}, left over", is_ok=False, says=says)
