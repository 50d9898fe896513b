"""A person who uses the desk, and a session of theirs; their names and secrets stay out of a repr."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from policies.errors import UserError
from policies.roles import HAS_TASKS, ONLY_TOLD, ROLES
from warehouse.casebook.rows import record_of

DESK_ROLES = tuple(role for role in ROLES if role not in ONLY_TOLD)

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")


class SignInError(UserError):
    """The desk does not let somebody in, or cannot set them up; one sentence that names nobody."""


@dataclass(frozen=True, slots=True)
class DeskPerson:
    """A person who may use the desk; the number is what logs call them by.

    `has_provider` says that an account of the school's own provider is bound to them.
    """

    number: int
    sign_in_name: str = field(repr=False)
    role: str
    is_active: bool
    has_password: bool
    has_second_factor: bool
    has_provider: bool

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a door for them: a password, or an account of the school's provider."""
        return self.is_active and (self.has_password or self.has_provider)


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A session that stands; `csrf` must come with every form of it."""

    number: int
    person: DeskPerson
    csrf: str = field(repr=False)
    begun_at: datetime


def who_is_here(people: Iterable[DeskPerson]) -> Mapping[int, str]:
    """Return the roles of those who can sign in, by their numbers."""
    return {person.number: person.role for person in people if person.can_sign_in}


def at_the_desk(people: Iterable[DeskPerson]) -> frozenset[str]:
    """Return the roles that have tasks and of which somebody can sign in."""
    return frozenset(person.role for person in people if person.role in HAS_TASKS and person.can_sign_in)


def person_of(row: Row[Any]) -> DeskPerson:
    """Return the person whom a row of `desk_people` tells of."""
    return record_of(
        DeskPerson,
        row,
        has_password=row.password_hash is not None,
        has_second_factor=row.totp_secret is not None,
        has_provider=row.provider_subject is not None,
    )


def plain_name(sign_in_name: str) -> str:
    """Return a sign-in name as it is kept and compared: in small letters, without blanks around it."""
    return unicodedata.normalize("NFKC", sign_in_name).strip().casefold()


def allowed_name(sign_in_name: str) -> str:
    """Return a new sign-in name as it is kept; SignInError for one that cannot be."""
    name = plain_name(sign_in_name)
    if not _NAME.fullmatch(name):
        raise SignInError(
            "A sign-in name has 2 to 64 small letters, figures or . _ @ + - and begins with a letter or a figure."
        )
    return name


def allowed_role(role: str) -> str:
    """Return the role; SignInError for one that does not use the desk."""
    if role not in DESK_ROLES:
        raise SignInError(f"The desk has these roles: {', '.join(DESK_ROLES)}.")
    return role
