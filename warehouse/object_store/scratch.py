"""Private folders for work on a school that lives in an object store: on this machine's own disk, and gone afterwards.

A killed process leaves its folder behind. Its lock went with it, so that whoever works here next knows, and deletes it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.object_store.errors import ObjectStoreError
from warehouse.runs.run_progress import is_locked, locked
from warehouse.store.places import is_shared

_WORK, _LOCK, _ONE_AT_A_TIME = "work-", "work.lock", "scratch.lock"
_PATIENCE = 60.0


@contextmanager
def worked_in(scratch: Path) -> Iterator[Path]:
    """Lend a new folder, its owner's alone, that is deleted at the end; those of killed processes go first.

    ObjectStoreError where the folder of them all belongs to somebody else; OSError where the disk cannot take it.
    """
    _ensure_own(scratch)
    with ExitStack() as stack:
        with locked(scratch, _ONE_AT_A_TIME, patience=_PATIENCE):  # so that nobody deletes a folder not yet locked
            for left in scratch.glob(f"{_WORK}*"):
                if not is_locked(left, _LOCK):
                    shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=_WORK, dir=scratch))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            stack.enter_context(locked(folder, _LOCK))
        yield folder


def _ensure_own(scratch: Path) -> None:
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    if scratch.stat().st_uid != os.geteuid() or is_shared(scratch):
        raise ObjectStoreError(
            f"{scratch} may be used by others, and a school's files are worked on there. Name a folder of your own "
            "with AUDIT_SCRATCH, or run: chmod 700 on it."
        )
