"""A child and its family as the registers name them; it says nothing of anybody else."""

from collections.abc import Iterable, Sequence

from connectors.records import Person
from engines.roll_ids import fold_roll_id
from flows.home.settings import ConfigurationError
from policies.school import Register

HOME: tuple[Register, ...] = ("pupils", "leavers")  # where a child stands; who is on both has come back


def child_of(people: Sequence[Person], roll_id: str) -> Person:
    """Return the pupil or leaver of this roll id, however it is spelt; ConfigurationError when none or two have it.

    Two spellings may be two children, and a letter must not go to the wrong family.
    """
    children = [
        person
        for name in HOME
        for person in people
        if person.register == name and fold_roll_id(person.person_id) == fold_roll_id(roll_id)
    ]
    if not children:
        raise ConfigurationError(f"Roll id {roll_id} is on neither the pupils nor the leavers register. Correct it.")
    if len({person.person_id for person in children}) > 1:
        raise ConfigurationError(f"Roll id {roll_id} is spelt in two ways on the registers. Correct them.")
    return children[0]


def called(child: Person) -> str | None:
    """Return what a child is called; None where the register has no name for it."""
    return child.known_as or child.given_names or child.full_name


def parents_of(people: Iterable[Person], roll_id: str) -> tuple[str, ...]:
    """Return how each parent of this child is addressed, in the register's order; who has no name is left out."""
    parents = (
        parent for parent in people if parent.register == "parents" and fold_roll_id(roll_id) in _children(parent)
    )
    return tuple(dict.fromkeys(address for parent in parents if (address := addressed(parent))))


def addressed(parent: Person) -> str:
    """Return how a letter addresses a grown-up: `Ms A. Name`, or the whole name where there is no title."""
    given = parent.given_names or parent.known_as
    if parent.title and parent.surname:
        return " ".join(part for part in (parent.title, f"{given[0]}." if given else "", parent.surname) if part)
    whole = parent.full_name or " ".join(part for part in (given, parent.surname) if part)
    if parent.title and whole and not whole.casefold().startswith(parent.title.casefold()):
        return f"{parent.title} {whole}"
    return whole


def _children(parent: Person) -> list[str]:
    return [fold_roll_id(related_id) for related_id in (parent.related_ids or "").split(";")]
