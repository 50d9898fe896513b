"""An id for people whose register gives them none: made of their name and role, the same one every week.

It is keyed, so that nobody without the school's key can find out whose id it is by trying names.
"""

import hashlib

from connectors.register_records import Person
from engines.text import made_id_key

_OF_ROLE = {"staff": "job_title", "governors": "job_title", "parents": "related_ids"}
_MOST_KEY = 64  # bytes, as much as BLAKE2b takes


def made_id(person: Person, pepper: str) -> str:
    """Return the id of a person with a name on the register of staff, governors or parents."""
    parts = [person.register, _name(person), ";".join(sorted(_role(person).split(";")))]
    key = pepper.encode()[:_MOST_KEY]
    return "made-" + hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6, key=key).hexdigest()


def _name(person: Person) -> str:
    parts = [person.given_names or person.known_as, person.surname]
    return made_id_key(person.full_name or " ".join(part for part in parts if part))


def _role(person: Person) -> str:
    return made_id_key(getattr(person, _OF_ROLE[person.register]) or "")
