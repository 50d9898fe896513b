"""Takes a subject out of the people of the desk: of whoever may use it no longer, name and address go.

The number and the role stay, so that the logs can be read. Whoever still may sign in keeps the name by which they do.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from warehouse.casebook.people.desk_tables import PEOPLE
from warehouse.privacy.subject_patterns import SubjectMatcher


@dataclass(frozen=True, slots=True)
class DeskPeopleNamed:
    """The numbers of the people of the desk whose names are the subject's: who may sign in still, and who may not."""

    active: tuple[int, ...]
    removed: tuple[int, ...]


def desk_people_named(connection: Connection, school: str, matcher: SubjectMatcher) -> DeskPeopleNamed:
    """Return who of the school's desk is called like the subject, by sign-in name or by an invitation's address."""
    rows = connection.execute(select(PEOPLE).where(PEOPLE.c.school == school).order_by(PEOPLE.c.number)).all()
    named = [row for row in rows if any(_is_named(said, matcher) for said in (row.sign_in_name, row.invited_email))]
    return DeskPeopleNamed(
        tuple(row.number for row in named if row.is_active), tuple(row.number for row in named if not row.is_active)
    )


def erase_removed_people(connection: Connection, school: str, matcher: SubjectMatcher) -> None:
    """Forget name, address and account of those who are the subject and may sign in no longer."""
    for number in desk_people_named(connection, school, matcher).removed:
        gone = {"sign_in_name": f"erased-{number}", "invited_email": None, "provider_subject": None}
        connection.execute(update(PEOPLE).where(PEOPLE.c.number == number).values(**gone, provider_issuer=None))


def _is_named(said: str | None, matcher: SubjectMatcher) -> bool:
    return said is not None and (matcher.names(said, "handle") or matcher.in_text(said))
