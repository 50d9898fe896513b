"""An erasure that has begun and not ended: who is meant, encrypted with the school's key, in the school's folder.

Written before anything is erased and deleted when all is, so that an interrupted erasure can be finished. Without the
key nobody reads from it who it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from policies.roles import DoneBy
from warehouse.privacy.subject_patterns import Subject
from warehouse.store.open import WarehouseError
from warehouse.store.private_files import put_in_place
from warehouse.store.sealing import Sealer

JOURNAL = "erasure.journal"
_PURPOSE = "erasure journal"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: who is meant, and what its certificate will say; `counts` is what was found before it began.

    `requests` are the numbers of the requests that it answers, `files` those of the school's folder that named them
    when the files' turn came.
    """

    token: str
    kind: str
    subject: Subject
    by_role: str
    reason: str
    counts: Mapping[str, int]
    begun_at: datetime
    by_user: str | None = None
    requests: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    by_person: int | None = None

    @property
    def by(self) -> DoneBy:
        """Who erases."""
        return DoneBy(self.by_role, self.by_person, self.by_user)


_ERASURE = TypeAdapter(Erasure)


def write_journal(folder: Path, key: str, erasure: Erasure) -> None:
    """Write the journal beside its place, through to the disk, and move it in; OSError if it cannot."""
    put_in_place(folder / JOURNAL, Sealer(key, _PURPOSE).seal(_ERASURE.dump_json(erasure)))


def read_journal(folder: Path, key: str) -> Erasure | None:
    """Return the erasure that has not ended, None where all have; WarehouseError for one that cannot be read."""
    if not (folder / JOURNAL).exists():
        return None
    try:
        return _ERASURE.validate_json(Sealer(key, _PURPOSE).open((folder / JOURNAL).read_bytes()))
    except ValueError as error:
        raise WarehouseError(
            f"{JOURNAL} cannot be read with this key, so an erasure that was begun cannot be finished. Check the key."
        ) from error


def drop_journal(folder: Path) -> None:
    """Delete the journal, the last step of an erasure."""
    (folder / "erasure.part").unlink(missing_ok=True)
    (folder / JOURNAL).unlink(missing_ok=True)
