"""`audit keys rotate --home`: new keys in the place of those that all schools of a home share.

They are the casebook's, and the record's where AUDIT_CHAIN_KEY names one. Each step is done wholly or not at all and
looks for itself what is still to be done: killed in between, everything opens with the old key or with the new one, and
whoever opens it takes the right one. The same command ends it.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import chain

import typer
from sqlalchemy import select

from flows.home.context import open_casebook
from flows.home.key_files import casebook_file, keep_old_key, old_keys, write_key
from flows.home.keys import find_casebook_key, read_key
from flows.home.settings import ConfigurationError, Settings
from policies.dates import long_date
from warehouse.casebook.alone import writing
from warehouse.casebook.chain import hand_over, newest_of
from warehouse.casebook.chain_key import ChainKey
from warehouse.casebook.connecting import rekey
from warehouse.casebook.tables import CHAIN
from warehouse.casebook.verify import ensure_whole
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.places import KEPT, Places, next_of
from warehouse.store.private_files import put_in_place


def rotate_home(settings: Settings) -> None:
    """Give the home new keys, and say which, and what to do with the old ones; UserError in one sentence."""
    schools = [path.parent for path in sorted(settings.home.glob("*/school.toml"))]
    if not schools:
        raise ConfigurationError(f"There is no school in {settings.home}. Set AUDIT_HOME to the folder of the schools.")
    places = Places(settings.home, schools[0].name)
    with ExitStack() as held:
        for folder in schools:
            if held.enter_context(locked(folder, RUNNING, patience=2.0)) is None:
                busy = f"A run of {folder.name} is under way. Wait until it ends, then change the key."
                raise ConfigurationError(busy)
        key = find_casebook_key(settings, places)
        if settings.chain_key is None and key is None:
            raise ConfigurationError(
                "CASEBOOK_URL names a server, which its keeper encrypts, and AUDIT_CHAIN_KEY no key: none is to change."
            )
        if key is not None:  # one that was put back from a copy of before an earlier change is opened yet
            rekey(casebook_file(settings, places), _before(places), key)
        chained = _ensure_whole(settings, places)
        for sentence in chain(_casebook(settings, places), _record(settings, places, chained)):
            typer.echo(sentence)
    typer.echo("Begin anew whatever was begun before, such as the desk: it says so by itself where it is not.")


def _before(places: Places) -> list[str]:
    return [read_key(each.path) for each in old_keys(places.casebook_key)]


def _casebook(settings: Settings, places: Places) -> Iterator[str]:
    if find_casebook_key(settings, places) is None:
        return
    path, file = places.casebook_key, casebook_file(settings, places)
    if settings.casebook_key is not None or not path.exists():
        raise ConfigurationError(
            f"The casebook's key is not in {path}. Put it there, without AUDIT_CASEBOOK_KEY, to change it; then set "
            "the new one where the old one was."
        )
    key, coming = read_key(path), next_of(path)
    if not coming.exists():
        write_key(coming)
    new, before = read_key(coming), [key, *_before(places)]
    for each in (file, *sorted(file.parent.glob(f"{file.name}.before-*"))):
        rekey(each, before, new)
    kept = keep_old_key(path, key, (settings.clock() + KEPT).date())
    coming.replace(path)
    yield (
        f"The casebook is under a new key: {path}. Print a new sheet of it. The old one opens copies of the casebook "
        f"from before, lies in {kept.path} until {long_date(kept.until)}, and goes then: keep its sheet as long."
    )


def _ensure_whole(settings: Settings, places: Places) -> list[str]:
    """Return the schools that the casebook has a record of, each seen to be what was written; CasebookError."""
    with closing(open_casebook(settings, places)) as book, book.engine.connect() as connection:
        schools = sorted(connection.execute(select(CHAIN.c.school).distinct()).scalars())
        for school in schools:
            ensure_whole(connection, school)
    return schools


def _record(settings: Settings, places: Places, schools: Sequence[str]) -> Iterator[str]:
    """Let each school's chain that is kept with the key go on with a new one."""
    path = settings.chain_key
    if path is None:
        return
    coming = next_of(path)
    if not coming.exists():
        write_key(coming)
    with closing(open_casebook(settings, places)) as book:
        if (old := book.chain_key) is None or (new := old.coming) is None:
            raise ConfigurationError(f"There is no key at {coming}, which was just made. Run the same again.")
        for school in schools:
            with writing(book.engine) as connection:
                last = newest_of(connection, school)
                if last is not None and last.key_id == old.key_id != new.key_id:
                    hand_over(connection, school, old, new)
    keys = path.read_text(encoding="ascii").split()
    if keys[0] != (text := read_key(coming)):
        keys = [text, *keys]
        put_in_place(path, "".join(f"{each}\n" for each in keys).encode())
    now, before = (ChainKey(each, None) for each in keys[:2])
    yield (
        f"The record goes on with a new key: {path}, which has the old one too, by which what came before is verified. "
        "Keep a new copy of the file apart."
    )
    yield (
        f"Reports are signed by {now.public} from now on; whoever wrote {before.public} down knows it by the signature "
        f"of these 64 letters with the key before: {before.sign(now.public.encode())}"
    )
    coming.unlink()  # once it was said: it is said once
