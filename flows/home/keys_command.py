"""`audit keys chain`: keeps the record of what people did with a key that lies apart from the data."""

import typer

from flows.home.arguments import School
from flows.home.context import find_school, open_casebook
from flows.home.key_files import write_key
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, from_environment, keep_private
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter, entries_of
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.verify import wrong_rows


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
