"""The names by which pupils and staff may be abused in a comment, folded as a text is folded before it is searched."""

import duckdb

from engines.people import RegisterPerson, full_names_of
from engines.text import fold


def names_of_pupils_and_staff(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return every full name on the two registers, and each member of staff's surname after a title."""
    rows = db.execute("select * from core.people where role in ('pupil', 'staff')").pl().iter_rows(named=True)
    return frozenset(name for row in rows for name in _names(RegisterPerson(**row)))


def _names(person: RegisterPerson) -> frozenset[str]:
    if person.role != "staff" or not person.title or not person.surname:
        return full_names_of(person)
    return full_names_of(person) | {fold(f"{person.title} {person.surname}")}
