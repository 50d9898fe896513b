"""What counts of the marks, kept in memory: of the casebook only what was written since is read."""

from collections.abc import Mapping
from threading import Lock

from warehouse.casebook.extents import NOTHING
from warehouse.casebook.marks import Marks, StandingMark


class StandingMarks:
    """The standing marks of one school, as they are now; many may ask at once."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._extent = NOTHING
        self._standing: Mapping[str, StandingMark] = {}
        self._reading = Lock()

    def now(self) -> Mapping[str, StandingMark]:
        """Return what counts of each case's marks: the same object as before where no mark was written or deleted."""
        with self._reading:
            now = self._marks.extent()
            if now != self._extent:
                self._standing = self._read(now[0])
                self._extent = now
            return self._standing

    def _read(self, count: int) -> Mapping[str, StandingMark]:
        """Read the cases marked since; every case where the number of marks says that others came or went."""
        marked = self._marks.marked_since(self._extent[1])
        if len(marked) != count - self._extent[0]:
            return self._marks.standing()
        return {**self._standing, **self._marks.standing(frozenset(marked))}
