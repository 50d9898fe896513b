"""The rows of the files of `audit match`: CSV of any common sort, or XLSX; what is wrong with one is a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from connectors.errors import SourceRefused
from connectors.registers.table import RegisterTable, read_table
from flows.home.settings import ConfigurationError

Warn = Callable[[str], None]
ROW = "row"
_MOST_TOLD = 3


def rows_of(path: Path, columns: Sequence[str], needed: str, warn: Warn) -> Iterator[dict[str, str]]:
    """Yield the cells of every row by their columns, with its number in the file under `ROW`."""
    table = _table(path, columns, needed)
    head = [name.strip().casefold() for name in table.header.cells]
    _check_head(path, head, columns, needed, warn)
    if not table.rows:
        raise ConfigurationError(f"{path.name} has a header and no row below it; export it again.")
    for row in table.rows:
        if any(cell.strip() for cell in row.cells[len(head) :]):
            warn(f"{path.name}, row {row.number}: more cells than columns, so the row is left out.")
            continue
        kept = {
            name: cell.strip() for name, cell in zip(head, row.cells, strict=False) if name in columns and cell.strip()
        }
        if needed in kept:
            yield {**kept, ROW: str(row.number)}
        elif kept:
            warn(f"{path.name}, row {row.number}: no {needed}, so the row is left out.")


def _table(path: Path, columns: Sequence[str], needed: str) -> RegisterTable:
    def score(cells: Sequence[str]) -> int:
        names = [cell.strip().casefold() for cell in cells]
        return sum(name in columns for name in names) if needed in names else 0

    try:
        return read_table(path.read_bytes(), path.name, score)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    except SourceRefused as error:
        raise ConfigurationError(str(error).removeprefix("The register ")) from error


def _check_head(path: Path, head: Sequence[str], columns: Sequence[str], needed: str, warn: Warn) -> None:
    if needed not in head:
        raise ConfigurationError(f"{path.name} has no column {needed}; its first line must name the columns.")
    if repeated := sorted({name for name in head if name in columns and head.count(name) > 1}):
        raise ConfigurationError(f"{path.name} has the column {repeated[0]} twice; keep one of them.")
    unknown = sorted({name for name in head if name and name not in columns})
    if unknown:
        warn(f"{path.name}: ignored {', '.join(unknown)}.")


def check_lines(row: Mapping[str, str], path: Path) -> None:
    """Refuse a cell that goes over several lines: nobody's name does, so rows have run into one another."""
    if any("\n" in cell or "\r" in cell for cell in row.values()):
        raise ConfigurationError(
            f"{path.name}, row {row[ROW]}: a cell goes over several lines, so a quotation mark is not closed there; "
            "correct that row."
        )


class FirstRows:
    """Remembers where each person or account stood first: who is given again is left out, and that is told."""

    def __init__(self, what: str, warn: Warn) -> None:
        self._what, self._warn = what, warn
        self._first: dict[tuple[str, ...], tuple[str, object]] = {}
        self._again = 0

    def is_first(self, key: tuple[str, ...], value: object, path: Path, row: str) -> bool:
        """Say whether this key was not given before."""
        place = f"{path.name}, row {row}"
        if key not in self._first:
            self._first[key] = (place, value)
            return True
        self._again += 1
        if self._again > _MOST_TOLD:
            return False
        first_place, first_value = self._first[key]
        said = (
            ", so the row is left out"
            if first_value == value
            else ", with other values, and is left out; make one row of the two"
        )
        self._warn(f"{place}: {self._what} of {first_place} again{said}.")
        return False

    def tell_of_the_rest(self) -> None:
        """Say how many rows more gave somebody again."""
        if self._again > _MOST_TOLD:
            self._warn(
                f"{self._what.capitalize()} of an earlier row again, and left out: {self._again - _MOST_TOLD} more."
            )
