"""`audit keys`: a new data key for a school, and everything that the old one opened written anew under it.

Each step looks for itself what is still under the old key, so that a rotation that was killed is ended by the same
command; until then no other command finds a key. The old key is kept beside, by its id and its last day, for the
backups that were made with it. Hashes go on being made with the school's first key, sealed with the newest: by them
people who were erased, decisions and pupils without an id are known again.

And a key of its own for the record of what people did, which lies apart from the data.
"""

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from flows.backup.rotate_home import rotate_home
from flows.backup.take import delete_after, no_run
from flows.home.arguments import School
from flows.home.context import Context, find_school, open_casebook, open_context
from flows.home.files_verified import enter_published
from flows.home.integrity import seal, verify_files
from flows.home.key_files import ROTATED, OldKey, keep_names_key, keep_old_key, write_key
from flows.home.keys import read_key
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.login.tokens import PURPOSE, Tokens
from flows.retention.erasure_begun import erasure_begun
from policies.dates import long_date
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter, entries_of
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.people.desk_sign_in import keep_factors_with
from warehouse.casebook.verify import wrong_rows
from warehouse.object_store.folder import PULLED
from warehouse.store.compact import NotCompactedError, compact
from warehouse.store.open import WarehouseError, opened
from warehouse.store.places import Places, left_overs
from warehouse.store.private_files import put_in_place
from warehouse.store.sealing import NotOpenedError, Sealer

_IN_STORE = (
    "How a key is changed there, with a backup of the school first, stands in docs/storage.md under: Another key."
)


def rotate(
    school_id: Annotated[str | None, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.")] = None,
    *,
    home: Annotated[
        bool, typer.Option("--home", help="Those that all schools share: the casebook's key and the record's.")
    ] = False,
) -> None:
    """Give a school a new key, or the home, and write everything under it anew; the same command ends a stopped one."""
    keep_private()
    settings = from_environment(instead=_IN_STORE)
    if school_id is None or home:
        if school_id is not None or not home:
            raise ConfigurationError("Say whose key is changed: that of one SCHOOL, or with --home what all share.")
        rotate_home(settings)
        return
    places = find_school(settings, school_id)
    _ensure_here(settings, places)
    context = open_context(replace(settings, key=read_key(places.key)), school_id, None)
    with no_run(places.folder, 2.0, undone="the key was not changed"):
        if not places.next_key.exists():
            if begun := erasure_begun(context):
                raise ConfigurationError(begun)
            verify_files(context)
            put_in_place(places.next_key, f"{ROTATED}{secrets.token_urlsafe(48)}\n".encode())
        kept = _rotated(context)
    typer.echo(
        f"Everything of {school_id} is under a new key: {places.key}. Keep a copy apart, print a new sheet of it, and "
        f"start the desk anew. What all schools share has keys of its own: audit keys rotate --home"
    )
    typer.echo(f"Backups from before open with the old key until {long_date(kept.until)}; then it goes: {kept.path}")


def _ensure_here(settings: Settings, places: Places) -> None:
    """Refuse a school whose key or folder is elsewhere; ConfigurationError."""
    if settings.key is not None or not places.key.exists():
        raise ConfigurationError(
            f"The key is not in {places.key}. Put it there, without AUDIT_KEY, to change it; then set the new one "
            "where the old one was."
        )
    if (places.folder / PULLED).exists():
        raise ConfigurationError(
            f"{places.school} was pulled from an object store, whose objects open with the old key alone: make a "
            f"backup, delete all below {places.school}/ in the bucket, then {places.folder / PULLED}, change the key, "
            "and push the school with the new key in AUDIT_KEYS."
        )


def _rotated(context: Context) -> OldKey:
    """Do every step that is still to be done, and return where the old key is kept."""
    places = context.places
    new = replace(context, key=read_key(places.next_key))
    rewrite(context, new)
    kept = keep_old_key(places.key, context.key, delete_after(new))
    for path in left_overs(places):
        path.unlink(missing_ok=True)
    places.next_key.replace(places.key)
    return kept


def rewritten(context: Context, key: str) -> Context:
    """Return the context under this key, once everything that another one opens is written under it."""
    if key == context.key:
        return context
    new = replace(context, key=key, settings=replace(context.settings, key=key))
    rewrite(context, new)
    return new


def rewrite(old: Context, new: Context) -> None:
    """Write whatever the old key opens under the new one, and have casebook and chain know the files as they are now.

    What is under the new key is left. ConfigurationError where there is no room.
    """
    places = old.places
    keep_names_key(places.folder, old.key, new.key)
    try:
        for path in (places.warehouse, places.published):
            if path.exists() and not _opens(path, new.key):
                compact(path, old.key, new_key=new.key)
    except NotCompactedError as error:
        again = f"make room for another file of its size, then: audit keys rotate {places.school}"
        raise ConfigurationError(f"{path.name} could not be written under the new key: {again}") from error
    with Tokens(places, old.key).held():
        _reseal(places.tokens, PURPOSE, old.key, new.key)
    with new.casebook() as book:
        keep_factors_with(book, old.key, new.key)
        if places.published.exists():
            enter_published(book, places)
    if places.warehouse.exists():
        seal(new)


def _opens(path: Path, key: str) -> bool:
    try:
        with opened(path, key, read_only=True):
            return True
    except WarehouseError:
        return False


def _reseal(path: Path, purpose: str, old: str, new: str) -> None:
    """Seal a file in letters with the new key; ConfigurationError where neither opens it."""
    if not path.exists():
        return
    body = path.read_bytes()
    with suppress(NotOpenedError):
        Sealer(new, purpose).open(body)
        return
    try:
        put_in_place(path, Sealer(new, purpose).seal_text(Sealer(old, purpose).open(body)).encode())
    except NotOpenedError as error:
        raise ConfigurationError(f"The key does not open {path.name}: take it away, and sign in again.") from error


def chain(school_id: School) -> None:
    """Keep the record of what people did with the key in AUDIT_CHAIN_KEY from now on; the key is made if there is none.

    The file belongs outside AUDIT_HOME. docs/for-the-dpo.md says what each place for it protects against.
    """
    settings = from_environment()
    keep_private()
    if settings.chain_key is None:
        raise ConfigurationError("Name a file outside AUDIT_HOME with AUDIT_CHAIN_KEY: the key will be made there.")
    places = find_school(settings, school_id)
    if not settings.chain_key.exists() and not settings.chain_key.resolve().is_relative_to(settings.home.resolve()):
        write_key(settings.chain_key)
    book = open_casebook(settings, places)
    try:
        begin_key(book, os_user())
        typer.echo(f"The record is kept with the key in {settings.chain_key} from now on. Head: {book.head}.")
    finally:
        book.close()


def begin_key(book: Casebook, user: str) -> None:
    """Enter that the chain is kept with the casebook's key from here on; CasebookError where it is damaged."""
    if wrong := wrong_rows(book):
        raise CasebookError(f"Rows of the casebook are not what was written ({', '.join(wrong)}). Put a backup back.")
    with writing(book.engine) as connection:
        entries = entries_of(connection, book.school)
        if book.chain_key is None or (entries and entries[-1].key_id is not None):
            raise CasebookError("The record is kept with a key already.")
        enter(connection, book.school, "begun", "chain", said=user.encode())
