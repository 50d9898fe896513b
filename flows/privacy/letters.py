"""`audit letter`: a draft to one child's family about a photograph that may no longer be shown. It sends nothing."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from checks.posts.withdrawn_picture import CHECK
from connectors.records import Person, Photograph
from dashboards.letters.letter import Letter, written
from dashboards.letters.places import look_of, places_of, references_of
from engines.roll_ids import fold_roll_id
from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.handles import shown_handles
from flows.home.settings import ConfigurationError, from_environment
from flows.privacy.own_casebook import logged, own_casebook
from flows.privacy.withdrawn_photographs import (
    cause_for,
    ensure_ended,
    ensure_known,
    photograph_in,
    pupil_in,
    same_picture,
    thing_of,
)
from flows.registers.register_files import people_of, photographs_of, pupils_among
from flows.weekly.publish import renew
from policies.roles import title_of
from policies.school import Register
from warehouse.registers.register_states import came_short
from warehouse.store.private_files import write_new_file

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
    parents = (person for person in people if person.register == "parents")
    own = (
        parent
        for parent in parents
        if fold_roll_id(roll_id) in map(fold_roll_id, (parent.related_ids or "").split(";"))
    )
    return tuple(dict.fromkeys(address for parent in own if (address := addressed(parent))))


def addressed(parent: Person) -> str:
    """Return how a letter addresses a grown-up: `Ms A. Name`, or the whole name where there is no title."""
    given = parent.given_names or parent.known_as
    if parent.title and parent.surname:
        return " ".join(part for part in (parent.title, f"{given[0]}." if given else "", parent.surname) if part)
    whole = parent.full_name or " ".join(part for part in (given, parent.surname) if part)
    if parent.title and whole and not whole.casefold().startswith(parent.title.casefold()):
        return f"{parent.title} {whole}"
    return whole


FAMILY: tuple[Register, ...] = (*HOME, "parents")


def letter(
    school_id: School,
    photograph_id: Annotated[str, typer.Argument(help="The photograph's id, as the photographs register has it.")],
    *,
    pupil: Annotated[str | None, typer.Option(help="The roll id of the pupil whose family it is for.")] = None,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; without it, to the screen.")] = None,
) -> None:
    """Draft a letter to a family about a photograph that may no longer be shown; nothing is sent, and it is logged."""
    context = open_context(from_environment(), school_id, None)
    if out is not None and out.exists():
        raise ConfigurationError(f"{out} is there already, and is never overwritten. Choose another with --out.")
    register = photographs_of(context.places.registers, context.school, context.as_of)
    photograph = photograph_in(register, photograph_id)
    roll_id = pupil_in(photograph, pupil)
    command = f"audit letter {context.school.id} {photograph.photograph_id} --pupil {roll_id}"
    why = f"letter to a family about photograph {photograph.photograph_id}"
    with (
        own_casebook(context) as book,
        logged(book, context, command, purpose=why, otherwise="No letter was written"),
    ):
        text = written(_letter(context, photograph, roll_id, register))
        if out is not None:
            write_new_file(out, text.encode("utf-8"))
    if out is None:
        typer.echo(text, nl=False)
    else:
        typer.echo(f"The letter is in {out}. Nothing was sent: read it, and see that it goes to the right people.")


def _letter(context: Context, photograph: Photograph, roll_id: str, register: Sequence[Photograph]) -> Letter:
    _rests_on_whole_registers(context)
    people = people_of(context.places.registers, context.school, FAMILY, context.as_of, pepper=context.names_key)
    pupils = pupils_among(people, context.as_of)
    same = same_picture(photograph, register, context.places.photographs)
    ensure_ended(photograph, same, pupils, context.as_of)
    with context.published() as copy:
        look = look_of(copy)
        ensure_known(photograph, context.places.photographs, look.began_ms)
        places = places_of(
            copy,
            photographs={row.photograph_id for row in same},
            videos={row.video_id for row in same if row.video_id},
            handles=shown_handles(copy, context.school.account),
        )
        references = references_of(copy, {row.photograph_id for row in same})
    return Letter(
        school=context.school.school.name,
        written_on=context.as_of,
        parents=parents_of(people, roll_id),
        child=called(child_of(people, roll_id)),
        thing=thing_of(photograph),
        cause=cause_for(photograph, roll_id, pupils, context.as_of),
        platforms=tuple(dict.fromkeys(account.platform for account in context.school.account)),
        places=places,
        look=look,
        ask=title_of(CHECK.owner_role),
        references=references,
    )


def _rests_on_whole_registers(context: Context) -> None:
    """Raise ConfigurationError where the newest run saw too little of a register to write to a family."""
    renew(context)
    with context.published() as copy:
        short = came_short(copy, ("photographs", *FAMILY))
    if short:
        raise ConfigurationError(
            f"{' '.join(short)} No letter is written on the strength of that: export it whole, or have the change "
            f"accepted with audit registers accept, and run the audit again."
        )
