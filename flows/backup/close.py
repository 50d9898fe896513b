"""`audit close`: ends a school for good: a certificate in counts, everything of it gone, and its key destroyed.

Each step looks for itself what is still there, so that a close that was killed is ended by the same command.
"""

import json
import re
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
from flows.home.context import find_school, open_casebook
from flows.home.key_files import destroy, old_keys
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.registers.reasons import ensure_role, signed_in_as
from policies.roles import NOT_SIGNED_IN, DoneBy
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.holds import Holds
from warehouse.casebook.put_back import take_out
from warehouse.casebook.school_rows import KEPT
from warehouse.object_store.folder import PULLED
from warehouse.privacy import erasing
from warehouse.store.places import CLOSED, Places, left_overs, restoring
from warehouse.store.private_files import put_in_place


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
    _ensure_school_s_own(places)
    with closing(open_casebook(settings, places)) as book:
        _ensure_no_hold(book, settings.clock().date())
    typer.echo(
        "This ends the school here for good: data, decisions, logs, registers, photographs, reports and the key file, "
        "without which no backup opens. Nothing brings it back."
    )
    if not yes and not typer.confirm(f"End {school}"):
        raise ConfigurationError("Nothing was closed, for nobody confirmed it. Answer y, or add --yes.")
    key = None if settings.key is None and not places.key.exists() else find_key(settings, places)
    with closing(open_casebook(settings, places)) as book:
        who = signed_in_as(book, key, by, "close", settings.clock())
    is_elsewhere = settings.key is not None or not places.key.exists()
    certificate = _closed(settings, places, who)
    typer.echo(f"Closed. The certificate is {certificate}. Delete the backups, and the copies of the key elsewhere.")
    if is_elsewhere:
        place = "AUDIT_KEY" if settings.key is not None else f"the Prefect secret audit-key-{school}, if it was there,"
        typer.echo(f"What was here no longer opens it, but the key in {place} is there still: delete it by hand.")


def _ensure_school_s_own(places: Places) -> None:
    """Refuse what is no school of this home, nor the rest of one whose close was stopped; ConfigurationError."""
    for path in (places.folder, places.key, *restoring(places)):
        if path.is_symlink():
            raise ConfigurationError(f"{path} is a link, so nothing was closed. Put what it leads to in its place.")
    is_rest = bool(_certificates(places)) and (places.folder.is_dir() or places.key.exists())
    if not (is_rest or _unfinished(places).exists()):
        find_school(Settings(places.home), places.school)
    if (places.folder / PULLED).exists():
        raise ConfigurationError(
            f"{places.school} was pulled from an object store, where it would stay: delete all below {places.school}/ "
            f"in the bucket, in every version, then {PULLED} in {places.folder}, and close it again."
        )


def _ensure_no_hold(book: Casebook, today: date) -> None:
    if standing := [hold for hold in Holds(book).all() if hold.stands(today)]:
        raise ConfigurationError(
            f"Hold {standing[0].number} stands until {standing[0].until}, so the school is kept. End it first: "
            f"audit hold end {book.school} {standing[0].number}"
        )


def _closed(settings: Settings, places: Places, by: DoneBy) -> Path:
    """Take everything of the school away, and return where its certificate lies."""
    made, unfinished = _certificates(places), _unfinished(places)
    is_begun = unfinished.exists() or not places.settings.exists()  # an earlier close was stopped
    with closing(open_casebook(settings, places)) as book, _alone(places):
        _ensure_no_hold(book, settings.clock().date())
        said = {"school": places.school, "closed_at": settings.clock(), "by_role": by.role, "by_user": by.user}
        said |= {"by_person": by.person} if by.person is not None else {"signed_in": NOT_SIGNED_IN}
        unfinished.parent.mkdir(mode=0o700, exist_ok=True)
        if not is_begun:
            counts = _counts(book, places)
            put_in_place(unfinished, json.dumps(said | {"counts": counts}, default=str, indent=2).encode())
        with writing(book.engine) as connection:
            take_out(connection, places.school)
        for path in left_overs(places):
            path.unlink(missing_ok=True)
        erasing.compact(book)
        if book.chain_key is not None:
            book.chain_key.drop_head(places.school)
        for folder in (places.folder, *restoring(places)):
            _take_away(folder)
    for path in (*(each.path for each in old_keys(places.key)), places.next_key, places.key):
        destroy(path)
    if unfinished.exists():
        name = f"{places.school}-{len(made) + 1}.json" if made else f"{places.school}.json"
        made = [*made, unfinished.replace(unfinished.with_name(name))]
    return made[-1]


def _certificates(places: Places) -> list[Path]:
    """Return the certificates of each time that a school of this id was closed here, the oldest first."""
    name = re.compile(rf"{places.school}(-\d+)?\.json")
    made = [path for path in (places.home / CLOSED).glob("*.json") if name.fullmatch(path.name)]
    return sorted(made, key=lambda path: path.stat().st_mtime_ns)


def _unfinished(places: Places) -> Path:
    """Return where the certificate of a close lies that has begun and not ended."""
    return places.home / CLOSED / f".{places.school}.unfinished"


def _take_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        raise ConfigurationError(f"{folder} is not gone. Delete what is left in it, then close the school again.")


def _alone(places: Places) -> AbstractContextManager[object]:
    if not places.folder.is_dir():
        return nullcontext()
    return no_run(places.folder, 2.0, undone="nothing was closed")


def _counts(book: Casebook, places: Places) -> Mapping[str, int]:
    """Return how many rows and files of the school there are, by store."""
    counts = {"files": sum(path.is_file() for path in places.folder.rglob("*"))}
    with book.engine.connect() as connection:
        for table in KEPT:
            rows = connection.scalar(select(func.count()).select_from(table).where(table.c.school == places.school))
            counts |= {f"casebook {table.name}": int(rows)} if rows else {}
    return counts
