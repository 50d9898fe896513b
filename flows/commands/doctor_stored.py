"""What `audit doctor` says of a school in an object store: its generation, whether it is leased, what is left over."""

from collections.abc import Iterator

from flows.commands.doctor_line import DoctorLine
from flows.context import Context
from flows.workspace import shelf_of

_WHAT = "object store"


def stored_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield how the school stands in the object store; it has been fetched from there whole, with its key."""
    shelf = shelf_of(context.settings, context.school.id, context.key)
    manifest = shelf.newest().manifest
    put_back = f"{manifest.put_back_at:%Y-%m-%d %H:%M} UTC" if manifest.put_back_at else "no time that is known"
    says = f"generation {manifest.generation}, of {put_back}; every file is what was put there"
    if manifest.lease is not None:
        is_alive = manifest.is_leased(context.now())
        ends = f"{manifest.lease.ends():%H:%M:%S} UTC"
        says += f"; a worker has it until {ends}" if is_alive else f"; a worker that died had it until {ends}"
    yield DoctorLine(_WHAT, is_ok=True, says=f"{says}.")
    if left := shelf.unneeded(manifest, manifest.leases - 1 if manifest.lease else manifest.leases):
        says = f"{len(left)} objects that nothing needs are left, of a worker that died; the next run deletes them."
        yield DoctorLine(f"{_WHAT}, left over", is_ok=False, says=says)
