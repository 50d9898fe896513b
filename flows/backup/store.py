"""`audit store push` and `audit store pull`: between a school's folder in an object store and one of this machine."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import find_school
from flows.home.keys import find_stored_key
from flows.home.leasing import given_back_where_it_fails, renewed
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.home.workspace import count_from, ensure_shared_casebook, outside_of, shelf_of
from warehouse.object_store.folder import files_of, note_pulled, pulled_generation
from warehouse.object_store.leased import Leased, fetch_leased, take
from warehouse.runs.run_progress import RUNNING, is_locked
from warehouse.store.damage import hash_of
from warehouse.store.open import opened
from warehouse.store.places import Places


def push(
    school: School, *, from_: Annotated[Path, typer.Option("--from", help="The home, a folder, that has the school.")]
) -> None:
    """Put a school's folder into the object store as its next generation, unless a newer one is there."""
    home = from_.expanduser()
    settings = _stored_settings()
    places = find_school(replace(settings, home=home, store=None), school)
    if is_locked(places.folder, RUNNING):
        raise ConfigurationError(f"A run of {school} is under way in {home}. Wait until it ends, then push.")
    files_of(places.folder)  # what cannot be put there is told before anything is
    key = _key(settings, places)
    leased = take(shelf_of(settings, school, key), outside_of(settings), may_be_new=True)
    with renewed(leased), given_back_where_it_fails(leased):
        _ensure_newest(leased, places)
        leased.put_back(places.folder, releases=True)
    note_pulled(places.folder, leased.manifest.generation)
    generation, files = leased.manifest.generation, leased.manifest.files
    size = sum(file.size for file in files) / 1_000_000
    typer.echo(f"{school} is there: generation {generation}, {len(files)} files, {size:,.1f} MB.")
    typer.echo("Its key is not: give it to whoever runs it there, by AUDIT_KEYS or AUDIT_KEY, and keep a copy apart.")


def pull(
    school: School, *, to: Annotated[Path, typer.Option(help="The home, a folder, that gets the school.")]
) -> None:
    """Fetch a school's folder from the object store, to look at it or edit it and push it back."""
    home = to.expanduser()
    settings = _stored_settings()
    places = Places(home, school)
    if places.folder.exists():
        raise ConfigurationError(f"{places.folder} is there already. Choose another folder, or take that one away.")
    key = _key(settings, places)
    leased = take(shelf_of(settings, school, key), outside_of(settings))
    with renewed(leased), given_back_where_it_fails(leased):
        try:
            fetch_leased(leased, places.folder)
            count_from(replace(settings, home=home, key=key), school)
            note_pulled(places.folder, leased.manifest.generation)
        except BaseException:
            shutil.rmtree(places.folder, ignore_errors=True)
            raise
        leased.release()
    typer.echo(f"Generation {leased.manifest.generation} of {school} is in {places.folder}, for your eyes only.")
    typer.echo(f"Work on it with AUDIT_HOME={home}, then: audit store push {school} --from {home}")


def _stored_settings() -> Settings:
    settings = from_environment(may_be_stored=True)
    if settings.store is None:
        raise ConfigurationError("AUDIT_HOME names a folder. Name the object store with it: s3://BUCKET/PREFIX.")
    ensure_shared_casebook(settings)
    return settings


def _key(settings: Settings, places: Places) -> str:
    """Return the key, having seen that it opens the warehouse that the folder has."""
    key = find_stored_key(settings, places.school, places.key.parent)
    if places.warehouse.exists():
        with opened(places.warehouse, key, read_only=hash_of(places.warehouse) is not None):
            pass
    return key


def _ensure_newest(leased: Leased, places: Places) -> None:
    has, there = pulled_generation(places.folder), leased.manifest.generation
    if has != there:
        came = f"was pulled at generation {has}" if has else "was never pulled from there"
        raise ConfigurationError(
            f"{places.folder} {came}, and the object store has generation {there} of {places.school} by now: nothing "
            "was put there. Pull it into another folder, make your change there, and push that."
        )
