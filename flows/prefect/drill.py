"""`audit group drill`: proves that a school, drawn by the day, could be put back from its newest backup.

It is read and proved where and as a real restore does it, its old keys tried too, and deleted again; what it would
publish is compared with what is published. The last drill stands in the group's report.
"""

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from flows.backup.stage import LOCK, staged
from flows.home.arguments import AsJson, Day, Schools
from flows.home.exit_codes import DONE, SOURCE_FAILED, answer_to
from flows.home.group_settings import read_group
from flows.home.keys import find_stored_key
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.home.workspace import read_copy
from flows.prefect.objective import group_folder
from flows.prefect.schools import IsolatedLook, isolated, schools_of
from policies.dates import WEEK_AND_A_DAY, long_date
from policies.errors import UserError
from warehouse.backup.manifest import published_tables
from warehouse.runs.run_progress import is_locked
from warehouse.store.open import opened
from warehouse.store.places import DRILL, Places, drilling
from warehouse.store.private_files import put_in_place

_FILE = "drill.json"


class DrillFailedError(UserError):
    """A school that was drilled could not be put back as it should be."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of a drill: of which school, whether it could be put back, and what is to be said of that."""

    on: date
    school: str
    is_well: bool
    says: str

    @property
    def sentence(self) -> str:
        """When, of whom, and what came of it."""
        came = "passed" if self.is_well else "FAILED"
        return f"The restore drill of {long_date(self.on)}, of {self.school}, {came}: {self.says}"


def newest_backup(folder: Path, school: str) -> Path:
    """Return the newest backup of a school in a folder; ConfigurationError where there is none."""
    named = [path for path in folder.iterdir() if path.is_file() and (path.name + ".").startswith(f"{school}.")]
    if not named:
        raise ConfigurationError(f"{folder} has no backup of {school}. Make one: audit backup {school} --out FILE")
    return max(named, key=lambda path: (path.stat().st_mtime_ns, path.name))


def drill_of(settings: Settings, folder: Path, on: date, school: str) -> Drilled:
    """Restore the newest backup of a school beside the school, which nobody touches, and return what came of it."""
    try:
        with read_copy(settings, school) as local:
            is_well, says = _compared(local, newest_backup(folder, school), on, school)
    except Exception as error:  # noqa: BLE001 - whatever is in the way of a restore is what a drill is to find
        return Drilled(on, school, is_well=False, says=answer_to(error)[0])
    return Drilled(on, school, is_well=is_well, says=says)


def _compared(settings: Settings, archive: Path, on: date, school: str) -> tuple[bool, str]:
    here = Places(settings.home, school)
    key = find_stored_key(settings, school, here.key.parent)
    with staged(settings, here, key, archive, called=DRILL) as backup:
        made_on = backup.manifest.made_at.date()
        made = f"{archive.name}, made on {long_date(made_on)}, restores"
        if on - made_on > WEEK_AND_A_DAY:
            return False, f"{made}, and no newer one is there. Look whether the schedule of the backups runs."
        if not here.published.exists():
            return True, f"{made}; nothing is published here to compare it with."
        ours, theirs = _runs(here.published, key), _runs(backup.context.places.published, key)
        missing = sorted(ours.keys() - theirs.keys())
        if changed := sorted(run for run, pages in theirs.items() if ours.get(run, pages) != pages):
            return False, f"{made}, and what it has of the run {changed[-1]} is not what is published. Find out why."
        if missing:
            return True, f"{made}; {len(missing)} runs since, from {missing[0]} on, are not in it."
        now, then = published_tables(here.published, key), backup.manifest.published
        other = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
        return True, f"{made}, and publishes " + (f"the same but for {', '.join(other)}." if other else "the same.")


def _runs(copy: Path, key: str) -> dict[str, tuple[str | None, int]]:
    """Return each run of a published copy, with the hash of the pages that it rests on and how many were read."""
    if not copy.exists():
        return {}
    with opened(copy, key, read_only=True) as db:
        rows = db.execute("select run_id, pages_sha256, pages from published.runs").fetchall()
    return {run: (sha256, pages) for run, sha256, pages in rows}


def drill_a_school(settings: Settings, schools: Sequence[str], folder: Path, on: date) -> Drilled:
    """Drill the school that the day draws, in a process of its own, and keep what came of it for the group's report."""
    for left in drilling(settings.home):
        if not is_locked(left, LOCK):
            shutil.rmtree(left, ignore_errors=True)  # of a drill that was killed, or ends just now and deletes it too
    school = random.Random(on.isoformat()).choice(sorted(schools))  # noqa: S311 - anybody may know which it is
    lost = partial(Drilled, on, is_well=False, says="Its process ended before it answered.")
    done: Drilled = isolated(IsolatedLook(partial(drill_of, settings, folder, on), lost, (__name__,)), school)
    put_in_place(group_folder(settings) / _FILE, json.dumps(asdict(done), default=str, indent=2).encode())
    return done


def ensure_drilled(settings: Settings, schools: Sequence[str], folder: Path, on: date) -> None:
    """Drill the school that the day draws; DrillFailedError where it could not be put back, so that somebody hears."""
    done = drill_a_school(settings, schools, folder, on)
    if not done.is_well:
        raise DrillFailedError(done.sentence)


def drill_said(settings: Settings) -> str:
    """Return what is told of the last drill; nothing where there was none."""
    path = group_folder(settings) / _FILE
    if not path.exists():
        return ""
    try:
        kept = json.loads(path.read_bytes())
        return Drilled(date.fromisoformat(kept.pop("on")), **kept).sentence
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return f"What came of the last restore drill cannot be read from {path}. Do it again: audit group drill"


def drill(
    *,
    schools: Schools = "*",
    backups: Annotated[Path | None, typer.Option(help="The folder of the backups; else group.toml says.")] = None,
    as_of: Day = None,
    as_json: AsJson = False,
) -> int:
    """Prove that a school, drawn by the day, restores from its newest backup, with the keys in AUDIT_KEYS or here."""
    settings = from_environment(may_be_stored=True)
    named = backups or read_group(settings).backups
    if named is None or not Path(named).is_dir():
        message = 'Say in which folder the backups lie: --backups FOLDER, or backups = "FOLDER" in group.toml.'
        raise ConfigurationError(message)
    done = drill_a_school(settings, schools_of(settings, schools), Path(named), (as_of or settings.clock()).date())
    typer.echo(json.dumps(asdict(done), default=str, indent=2) if as_json else done.sentence)
    return DONE if done.is_well else SOURCE_FAILED
