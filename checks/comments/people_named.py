"""The names by which pupils and staff may be abused in a comment, in small letters."""

import duckdb

from engines.naming import PersonName, is_whole_name

_PEOPLE = """
select full_name, given_names, surname, known_as, other_names, case when role = 'staff' then title end as title
from core.people where role in ('pupil', 'staff')
"""


def names_of_pupils_and_staff(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return every full name on the two registers, and each member of staff's surname after a title."""
    names = set[str]()
    for *said, title in db.execute(_PEOPLE).fetchall():
        person = PersonName(*said)
        names.update(form for form in person.forms if "," not in form and is_whole_name(form))
        names |= {f"{title} {person.surname}"} if title and person.surname else set()
    return frozenset(name.casefold() for name in names)
