"""Puts a backup in a school's place: proved in a folder of its own first, then swapped whole.

Files and the casebook's rows change places together: the renaming of two folders stands inside the transaction of the
casebook, and is undone where that fails. What a kill leaves between the two is told and mended by the next restore.
"""

import shutil
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from flows.backup.stage import ASIDE, Staged, bury_again, erase_again, folders_swapped, left_by_kills, staged
from flows.backup.take import MORE_MINUTES, no_run
from flows.home.context import open_casebook
from flows.home.files_verified import enter_files
from flows.home.integrity import counts_and_hash
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings, keep_private
from flows.privacy.erasure import carry_certificates
from warehouse.casebook import alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.counters import counters_of, leave_in, written
from warehouse.casebook.people.desk_credentials import enter_key
from warehouse.casebook.put_back import NUMBERED, put_back
from warehouse.casebook.questions import answer_in, question_in
from warehouse.casebook.tables import QUERIES
from warehouse.casebook.verify import doubts, ensure_readable, wrong_in, wrong_rows
from warehouse.privacy.erasing import certificates
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.damage import hash_of
from warehouse.store.places import Places

_IS_THERE = (
    "There is something of {school} in {home} already. To put the backup in its place, say --replace; what is there "
    "now is kept aside until the backup has been proved."
)
_OTHER_ROWS = (
    "The casebook has other rows of this school than the backup knows, or they are damaged. To put the backup's in "
    "their place, say --replace; nothing was changed."
)


@dataclass(frozen=True, slots=True)
class RestoreWish:
    """What is to be put back: by whom and why, from where, and whether in the place of what is there."""

    archive: Path
    by_user: str
    purpose: str
    replaces: bool = False
    patience: float = 0.0


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `is_casebook_kept`: the casebook in use was whole and newer, and stands as it was."""

    made_at: datetime
    delete_after: date
    files: int
    casebook_rows: int
    published_rows: int
    is_casebook_kept: bool
    erased_again: int
    has_credentials: bool


def restore(settings: Settings, places: Places, wanted: RestoreWish) -> Restored:
    """Put the backup in the school's place; UserError in one sentence where it cannot be, and all is as it was."""
    keep_private()
    find_key(settings, places)  # refused before anybody waits
    mend(settings, places)
    is_there = places.folder.is_dir() and any(places.folder.iterdir())
    if is_there and not wanted.replaces:
        raise ConfigurationError(_IS_THERE.format(school=places.school, home=places.home))
    alone = no_run(places.folder, wanted.patience, undone="nothing was put back", or_longer=MORE_MINUTES)
    held = alone if is_there else nullcontext()
    # The key is asked for again: it may have been changed while this waited.
    with held, staged(settings, places, find_key(settings, places), wanted.archive) as backup:
        _keep_credentials(places, backup)
        with closing(open_casebook(settings, places)) as book:
            is_kept = _goes_on_from(book, backup)
            if not is_kept and _has_rows(book) and not wanted.replaces:
                raise ConfigurationError(_OTHER_ROWS)
            again = erase_again(backup.context, bury_again(backup.context, book))
            with nullcontext(book) if is_kept else backup.context.casebook() as standing:
                carry_certificates(places.folder, backup.folder, certificates(standing))
            _swap(book, places, backup, wanted, is_kept=is_kept)
        manifest = backup.manifest
        return Restored(
            made_at=manifest.made_at,
            delete_after=manifest.delete_after,
            files=len(manifest.files) - 1,
            casebook_rows=sum(manifest.casebook_rows.values()),
            published_rows=sum(table.rows for table in manifest.published.values()),
            is_casebook_kept=is_kept,
            erased_again=again,
            has_credentials=places.credentials.exists(),
        )


def mend(settings: Settings, places: Places) -> None:
    """Finish, or undo, what a killed restore of this school left; what was not put in place was never used."""
    for folder in left_by_kills(places):
        before = folder / ASIDE
        if before.exists() and not places.folder.exists():
            before.rename(places.folder)
        elif before.exists() and not _was_ended(settings, places, folder):
            places.folder.rename(folder / "undone")
            before.rename(places.folder)
        if not (folder / "undone").exists() and _was_told(settings, places, folder):
            with closing(open_casebook(settings, places)) as book:
                _entered(book, places)
        shutil.rmtree(folder)


def _was_told(settings: Settings, places: Places, folder: Path) -> bool:
    """Say whether the casebook was told of this restore."""
    with closing(open_casebook(settings, places)) as book, book.engine.connect() as connection:
        told = select(QUERIES.c.number).where(QUERIES.c.school == book.school, QUERIES.c.sql.contains(_token(folder)))
        return connection.execute(told).first() is not None


def _entered(book: Casebook, places: Places) -> None:
    """Enter the files that were put back, and keep the chain's head, once the casebook stands as it should."""
    with book.engine.connect() as connection:
        if not wrong_in(connection, places.school):
            book.keep_head_as_it_stands()
    enter_files(book, places, accepts=False)


def _was_ended(settings: Settings, places: Places, folder: Path) -> bool:
    """Say whether the casebook was told of this restore, or knows what stands in the place and not what is aside."""
    with closing(open_casebook(settings, places)) as book, book.engine.connect() as connection:
        left = counters_of(connection, book.school)
    known = None if left is None else left.sha256
    aside = hash_of(folder / ASIDE / places.warehouse.name)
    return _was_told(settings, places, folder) or (known is not None and aside != known == hash_of(places.warehouse))


def _token(folder: Path) -> str:
    return folder.name.rpartition("-")[2]


def _keep_credentials(places: Places, backup: Staged) -> None:
    """Take the platforms' keys that are here along: no backup has any."""
    if places.credentials.is_file():
        shutil.copy2(places.credentials, backup.context.places.credentials)


def _has_rows(book: Casebook) -> bool:
    with book.engine.connect() as connection:
        return any(
            connection.execute(select(table.c.number).where(table.c.school == book.school).limit(1)).first()
            for table in NUMBERED
        )


def _goes_on_from(book: Casebook, backup: Staged) -> bool:
    """Say whether the casebook in use is whole, and the one of the backup or a later state of it."""
    with book.engine.connect() as connection:
        ensure_readable(connection)
        left, has = counters_of(connection, book.school), written(connection, book.school)
    with backup.context.casebook() as before, before.engine.connect() as connection:
        then, had = counters_of(connection, book.school), written(connection, book.school)
    if left is None or then is None or left.casebook_id != then.casebook_id or wrong_rows(book):
        return False
    with book.engine.connect() as connection:
        if doubts(connection, book.school):
            return False
    return all(has[table] >= rows for table, rows in had.items())


def _swap(book: Casebook, places: Places, backup: Staged, wanted: RestoreWish, *, is_kept: bool) -> None:
    counts, sha256 = counts_and_hash(backup.context)
    rows = backup.rows()
    made_at = f"{backup.manifest.made_at:%Y-%m-%dT%H:%MZ}"
    said = f"audit restore {places.school} (backup of {made_at}, {_token(backup.home)})"
    row = {"school": places.school, "by_user": wanted.by_user, "purpose": wanted.purpose, "sql": said}
    with (
        locked(backup.folder, RUNNING),
        folders_swapped(places, backup),
        alone.alone(book.engine, alone.CHALLENGES, alone.DESK_PEOPLE, chain_of=places.school) as connection,
    ):
        if not is_kept:
            put_back(connection, places.school, rows)
        leave_in(connection, places.school, counts, sha256)
        enter_key(connection, places.school, backup.context.key)  # a newer one may be lost
        number = question_in(connection, row, backup.context.now())
        restored = {"question": number, "outcome": "allowed", "rows": sum(map(len, rows.values()))}
        answer_in(connection, {"school": places.school, "problem": None, "tables_read": None, **restored})
        if wrong := wrong_in(connection, places.school):
            raise ConfigurationError(f"The casebook did not take the backup's rows as they are ({', '.join(wrong)}).")
    _entered(book, places)
