"""Who acts on the command line and why: a reason is kept, and read by people who need not know of whom it is."""

import re
from datetime import datetime

import typer

from dashboards.ask.reasons import acceptable_reason
from flows.home.context import Context
from flows.home.process import os_user
from flows.home.settings import ConfigurationError
from flows.registers.register_files import names_of, registers_as_they_lie
from policies.decisions import plain_reference
from policies.roles import ONLY_TOLD, ROLES, DoneBy, title_of
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_command import CommandSignIn, is_code
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher


def ensure_role(by: str, does: str = "decides") -> None:
    """Raise ConfigurationError unless this is a role that may act; `does` says what it does."""
    if by not in ROLES or by in ONLY_TOLD:
        raise ConfigurationError(f"--by is the role that {does}: {', '.join(sorted(ROLES.keys() - ONLY_TOLD))}.")


def ref_of(spoken: str) -> str:
    """Return a case's ref as the report shows it, however it is spoken; ConfigurationError for what is none."""
    ref = plain_reference(spoken)
    if not re.fullmatch("[0-9a-f]{8,64}", ref):
        raise ConfigurationError("A ref is the eight letters and figures that the report shows beside a case.")
    return ref


def acting(context: Context, role: str, command: str) -> DoneBy:
    """Return who acts in this role by a command of this kind, for a context; see `signed_in_as`."""
    with context.casebook() as book:
        return signed_in_as(book, context.key, role, command, context.now())


def signed_in_as(book: Casebook, key: str | None, role: str, command: str, at: datetime) -> DoneBy:
    """Return who acts in this role: whoever of the desk signs in on the terminal, beside the operating system's user.

    Where nobody of the desk has the role, it is claimed alone, and the record tells so. SignInError for a wrong
    sign-in; ConfigurationError where nobody is there to sign in, and for somebody of another role.
    """
    if not any(person.role == role and person.can_sign_in for person in DeskPeople(book).people()):
        return DoneBy(role, user=os_user())
    try:
        typer.echo(f"The {title_of(role)} signs in here, or gives a code from the desk: Your sign-in.", err=True)
        name = typer.prompt("Sign-in name", err=True)
        typed = typer.prompt("Password, or the code from the desk", hide_input=True, err=True)
        asked = "Code of the telephone, empty if there is none"
        factor = "" if is_code(typed) else typer.prompt(asked, "", hide_input=True, show_default=False, err=True)
    except typer.Abort as nobody:
        raise ConfigurationError(
            f"Nothing was written: the {title_of(role)} has a sign-in at the desk. Run this on a terminal where they "
            "sign in, or with a code that they give."
        ) from nobody
    person = CommandSignIn(book, key).proved(name, typed, factor, command, at)
    if person.role != role:
        raise ConfigurationError(
            f"Nothing was written: this sign-in is that of the {title_of(person.role)}. Name your own role."
        )
    return DoneBy(role, person.number, os_user())


def reason_of(context: Context, text: str, *, option: str, what: str) -> str:
    """Return what this option says; UserError where it names somebody registered, or cannot be kept."""
    asks = f"Say with --{option} {what}; name no child."
    return acceptable_reason(text, asks=asks, everybody=names_of(registers_as_they_lie(context)), option=option)


def ensure_not_named(subject: Subject, reason: str) -> str:
    """Return the reason of an erasure or a hold; UserError, AskError or ConfigurationError where it cannot be kept.

    It may not have the subject's name, handle or id; a part of the name, written with a capital, is as much as it all.
    """
    ids = (*subject.person_ids, *subject.handles, *subject.photograph_ids, *(ident for _, ident in subject.actors))
    said = acceptable_reason(
        reason, asks="Say with --reason why, in words that name nobody.", names=subject.names, ids=ids
    )
    if SubjectMatcher(subject).in_text(said):
        raise ConfigurationError("The reason names whom it is about, and it is kept. Say it without name or handle.")
    return said
