"""Which accounts the staff register declares, and one more: a fact of the register, with who declared it."""

import re
from collections.abc import Mapping, Sequence

from connectors.records import Person
from connectors.registers.cells import UnreadableCellError, account
from connectors.registers.editing import with_cells
from dashboards.desk.school.school_desk import Declaration, StaffAccounts, SuggestedPerson
from engines.roll_ids import fold_roll_id
from flows.desk.folder import SchoolFolder
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.registers.register_files import people_of
from policies.platforms.registry import PLATFORMS
from policies.school import Register
from warehouse.casebook.people.desk_person import DeskPerson

# Where a roll id is looked up, by what the case concerns: of two people with one id, the one of the last register.
_REGISTERS: Mapping[str, Sequence[Register]] = {
    "pupil": ("staff", "governors", "parents", "leavers", "pupils"),
    "staff": ("leavers", "pupils", "governors", "parents", "staff"),
    "governor": ("leavers", "pupils", "parents", "staff", "governors"),
    "parent": ("leavers", "pupils", "governors", "staff", "parents"),
}
_DECLARED_BY = {"themselves": "Declared by themselves.", "school": "Declared by the school, as its own account."}


def staff(folder: SchoolFolder) -> tuple[StaffAccounts, ...]:
    """Return the staff register with what is declared; UserError where there is none, or it cannot be read."""
    return tuple(
        StaffAccounts(person.person_id, _name(person), person.job_title or "", _accounts(person))
        for person in _staff(folder, folder.context())
    )


def whom(folder: SchoolFolder, concerns: str, ids: Sequence[str]) -> tuple[SuggestedPerson, ...]:
    """Return who bears these roll ids on the registers that a case of this kind is about; UserError if unreadable."""
    context = folder.context()
    registers = _REGISTERS.get(concerns, ())
    people = people_of(context.places.registers, context.school, registers, context.as_of, pepper=context.names_key)
    known = {fold_roll_id(person.person_id): person for person in people}
    found = [(ident, known.get(fold_roll_id(ident))) for ident in ids]
    return tuple(SuggestedPerson(ident, *((_name(one), _besides(one)) if one else ("", ""))) for ident, one in found)


def _besides(person: Person) -> str:
    return person.class_name or (f"Year {person.year_group}" if person.year_group else person.job_title or "")


def declare(folder: SchoolFolder, declaration: Declaration, person: DeskPerson) -> None:
    """Write a declared account into the staff register; ConfigurationError where another one stands there."""
    context = folder.context()
    try:
        named = account(declaration.account)
    except UnreadableCellError as error:
        raise ConfigurationError(str(error)) from error
    _ensure_of_platform(declaration.platform, named)
    members = {member.person_id: member for member in _staff(folder, context)}
    member = members.get(declaration.person_id)
    if member is None:
        raise ConfigurationError("This member of staff is not on the register any more. Look at the list again.")
    if standing := _accounts(member).get(declaration.platform):
        where = PLATFORMS[declaration.platform].name
        raise ConfigurationError(
            f"The staff register declares {standing} on {where} for this person, and it holds one. Correct it there."
        )
    for other in members.values():
        if _accounts(other).get(declaration.platform, "").casefold().lstrip("@") == named.casefold().lstrip("@"):
            raise ConfigurationError("Another member of staff declares this account already. Find out whose it is.")
    file = folder.file_of(context, "staff")
    body = with_cells(file, declaration.person_id, {f"{declaration.platform}_account": named})
    note = f"{_DECLARED_BY[declaration.declared_by]} {declaration.note}"
    folder.change(file, body, "declared", declaration.person_id, note, person)


def _ensure_of_platform(platform: str, named: str) -> None:
    """Raise ConfigurationError for what is neither an id nor a handle of this platform."""
    known = PLATFORMS[platform]
    is_handle = re.fullmatch(known.handle_pattern, named.removeprefix("@"))
    if not is_handle and not re.fullmatch(known.account_ids.pattern, named):
        raise ConfigurationError(f"{known.name} has no id or handle of this form. Copy it from the account's own page.")


def _staff(folder: SchoolFolder, context: Context) -> list[Person]:
    folder.file_of(context, "staff")  # refused in the desk's own sentence where there is none
    return people_of(context.places.registers, context.school, ("staff",), context.as_of, pepper=context.names_key)


def _accounts(person: Person) -> dict[str, str]:
    declared = {platform: getattr(person, f"{platform}_account", None) for platform in PLATFORMS}
    return {platform: str(named) for platform, named in declared.items() if named}


def _name(person: Person) -> str:
    return person.full_name or f"{person.known_as or person.given_names or ''} {person.surname or ''}".strip()
