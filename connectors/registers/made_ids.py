"""Ids for people whom a register gives none: made of what stays of them, and keyed with the school's key."""

import hashlib

from connectors.register_records import Person
from connectors.registers.headers import ON_ROLL
from engines.text import made_id_key

_OF_ROLE = {"staff": "job_title", "governors": "job_title", "parents": "related_ids"}
_ON_ROLL = "roll"  # pupils and leavers are the same people
_MOST_KEY = 64  # bytes, as much as BLAKE2b takes


def made_id(person: Person, pepper: str) -> str:
    """Return the id of a person, made of the name and of role, children or date of birth: the same every week.

    A pupil has the same one as a leaver. It is keyed, so that nobody without the school's key can find out whose id it
    is by trying names.
    """
    if person.register in ON_ROLL:
        parts = [_ON_ROLL, _name(person), str(person.date_of_birth or "")]
    else:
        role = made_id_key(getattr(person, _OF_ROLE[person.register]) or "")
        parts = [person.register, _name(person), ";".join(sorted(role.split(";")))]
    key = pepper.encode()[:_MOST_KEY]
    return "made-" + hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6, key=key).hexdigest()


def _name(person: Person) -> str:
    parts = [person.given_names or person.known_as, person.surname]
    return made_id_key(person.full_name or " ".join(part for part in parts if part))
