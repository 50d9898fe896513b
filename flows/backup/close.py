"""`audit close`: ends a school for good: a certificate in counts, everything of it gone, and its key destroyed.

Each step looks for itself what is still there, so that a close that was killed is ended by the same command.
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import func, select

from flows.backup.take import no_run
from flows.home.arguments import By, School
from flows.home.context import open_casebook
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.registers.reasons import ensure_role
from policies.roles import DoneBy
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.holds import Holds
from warehouse.casebook.put_back import take_out
from warehouse.casebook.school_rows import KEPT
from warehouse.privacy import erasing
from warehouse.store.places import Places, restoring
from warehouse.store.private_files import put_in_place

CLOSED = "closed"  # the folder in AUDIT_HOME of the certificates of schools that were closed


def close(
    school: School,
    *,
    by: By = "dpo",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """End a school for good: its data, casebook rows, registers, photographs and reports go, and its key with them."""
    ensure_role(by)
    keep_private()
    settings = from_environment()
    places = Places(settings.home, school)
    if not places.folder.is_dir() and not places.key.exists():
        raise ConfigurationError(f"Nothing of {school} is in {settings.home}.")
    with closing(open_casebook(settings, places)) as book:
        _ensure_no_hold(book, settings.clock().date())
    typer.echo(
        "This ends the school here for good: data, decisions, logs, registers, photographs, reports and the key, "
        "without which no backup opens. Nothing brings it back."
    )
    if not yes and not typer.confirm(f"End {school}"):
        raise ConfigurationError("Nothing was closed, for nobody confirmed it. Answer y, or add --yes.")
    certificate = _closed(settings, places, DoneBy(by, user=os_user()))
    typer.echo(f"Closed. The certificate is {certificate}. Delete the backups, and the copies of the key elsewhere.")


def _ensure_no_hold(book: Casebook, today: date) -> None:
    if standing := [hold for hold in Holds(book).all() if hold.stands(today)]:
        raise ConfigurationError(
            f"Hold {standing[0].number} stands until {standing[0].until}, so the school is kept. End it first: "
            f"audit hold end {book.school} {standing[0].number}"
        )


def _closed(settings: Settings, places: Places, by: DoneBy) -> Path:
    """Take everything of the school away, and return where its certificate lies."""
    certificate = places.home / CLOSED / f"{places.school}.json"
    with closing(open_casebook(settings, places)) as book, _alone(places):
        _ensure_no_hold(book, settings.clock().date())
        said = {"school": places.school, "closed_at": settings.clock(), "by_role": by.role, "by_user": by.user}
        certificate.parent.mkdir(mode=0o700, exist_ok=True)
        if not certificate.exists():
            counts = _counts(book, places)
            put_in_place(certificate, json.dumps(said | {"counts": counts}, default=str, indent=2).encode())
        with writing(book.engine) as connection:
            take_out(connection, places.school)
        erasing.compact(book)
        for folder in (places.folder, *restoring(places)):
            shutil.rmtree(folder, ignore_errors=True)
    _destroy(places)
    return certificate


def _alone(places: Places) -> AbstractContextManager[object]:
    if not places.folder.is_dir():
        return nullcontext()
    return no_run(places.folder, 2.0, undone="nothing was closed")


def _destroy(places: Places) -> None:
    """Write over the school's key before it is deleted; a disk that copies on write may keep it until it needs room."""
    if places.key.exists():
        places.key.write_bytes(b"\0" * places.key.stat().st_size)
        places.key.unlink()


def _counts(book: Casebook, places: Places) -> Mapping[str, int]:
    """Return how many rows and files of the school there are, by store."""
    counts = {"files": sum(path.is_file() for path in places.folder.rglob("*"))}
    with book.engine.connect() as connection:
        for table in KEPT:
            rows = connection.scalar(select(func.count()).select_from(table).where(table.c.school == places.school))
            counts |= {f"casebook {table.name}": int(rows)} if rows else {}
    return counts
