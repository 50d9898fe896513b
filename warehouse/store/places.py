"""Where one school's files are, and which copies and unfinished files lie beside them."""

import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from policies.errors import UserError
from policies.school import SCHOOL_ID

KEYS, CLOSED, PASSED, CASEBOOK = "keys", "closed", "passed-self-tests", "casebook"
_OF_THE_HOME = frozenset({KEYS, CLOSED, PASSED, CASEBOOK})  # below AUDIT_HOME, or of a key, and so no school's id


class SchoolIdError(UserError):
    """What was given is no id of a school, so that no folder may be made of it."""


def school_id(text: str) -> str:
    """Return the id of a school; SchoolIdError for what is none, and for a name that the home itself uses."""
    if not re.fullmatch(SCHOOL_ID, text):
        raise SchoolIdError("A school's id is 2 to 41 small letters, digits and hyphens, such as hill-view.")
    if text in _OF_THE_HOME:
        raise SchoolIdError(f"{text} is a name that AUDIT_HOME uses itself: choose another id for the school.")
    return text


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one school below AUDIT_HOME; SchoolIdError where `school` is no school's id."""

    home: Path
    school: str

    def __post_init__(self) -> None:
        school_id(self.school)

    @property
    def folder(self) -> Path:
        """The school's own folder."""
        return self.home / self.school

    @property
    def settings(self) -> Path:
        """school.toml."""
        return self.folder / "school.toml"

    @property
    def credentials(self) -> Path:
        """The platforms' keys; a file that only its owner may read."""
        return self.folder / "credentials.toml"

    @property
    def tokens(self) -> Path:
        """What the official accounts' owners consented to, encrypted with the school's key."""
        return self.folder / "tokens.encrypted"

    @property
    def registers(self) -> Path:
        """The folder of registers."""
        return self.folder / "registers"

    @property
    def photographs(self) -> Path:
        """The folder of approved masters."""
        return self.folder / "photographs"

    @property
    def warehouse(self) -> Path:
        """The encrypted warehouse, which only a flow opens."""
        return self.folder / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The encrypted published copy, which everyone reads."""
        return self.folder / "published.duckdb"

    @property
    def key(self) -> Path:
        """The key file, kept apart from the data that it opens."""
        return self.home / KEYS / f"{self.school}.key"

    @property
    def next_key(self) -> Path:
        """The key file that is to take the place of the other, while a rotation goes on."""
        return next_of(self.key)

    @property
    def casebook_key(self) -> Path:
        """The casebook's key file, one for all schools of this home."""
        return self.home / KEYS / f"{CASEBOOK}.key"

    @property
    def casebook(self) -> Path:
        """Decisions, people's roles and logs; one for all schools of this home."""
        return self.home / "casebook.sqlite"

    @property
    def every_report(self) -> Path:
        """The folder with one folder of reports for each run."""
        return self.folder / "reports"

    def reports(self, run_id: str) -> Path:
        """Return the folder of one run's reports."""
        return self.every_report / run_id

    def quality(self, run_id: str) -> Path:
        """Return the folder of one run's data-quality pages, which are for the technician."""
        return self.folder / "quality" / run_id

    def shared(self) -> Iterator[Path]:
        """Yield every file and folder of this school, and of the home itself, that others than its owner may use."""
        keys = (path for key in (self.key, self.casebook_key) for path in key.parent.glob(f"{key.name}*"))
        files = (self.key.parent, *keys, *(self.home.glob(f"{self.casebook.name}*")))
        below = (path for path in self.folder.rglob("*") if not path.is_symlink())
        for path in (self.home, *files, self.folder, *sorted(below)):
            if path.exists() and is_shared(path):
                yield path

    def close_copied(self) -> int:
        """Let nobody but their owner use the files and folders that were copied in, and return how many others could.

        Keys and credentials are left: who could read one may have, and a person is to hear of that. So is what cannot
        be closed, as on a disk without modes.
        """
        left = {*self.key.parent.glob("*"), self.key.parent, self.credentials, self.tokens}
        closed = 0
        for path in self.shared():
            if path not in left:
                with suppress(OSError):
                    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~(stat.S_IRWXG | stat.S_IRWXO))
                    closed += not is_shared(path)
        return closed


def next_of(key: Path) -> Path:
    """Return where the key lies that is to take this one's place, while it is changed."""
    return key.with_name(f"{key.name}.next")


def leads_below(path: str) -> bool:
    """Say whether a path that was written elsewhere stays below the folder that it is joined to."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()


def is_shared(path: Path) -> bool:
    """Say whether others than the file's owner may read or change it; OSError if it is not there."""
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


KEPT = timedelta(days=28)

_OF_CASEBOOK = ("before-*", "copying")
SETTING_UP = ".setup-"  # a folder in the school's for what somebody sent, while it is read
_OF_SCHOOL = (
    "warehouse.new*",
    "published.new*",
    "settled.part.duckdb*",
    "*.part",
    f"{SETTING_UP}*/**/*",
    "erasures/*.part",
    "reports/*/.*.part",
    ".*.new",
    "registers/**/.*.new",
    "photographs/**/.*.new",
)


def left_overs(places: Places) -> list[Path]:
    """Return every copy and unfinished file; whoever is writing one of them finds it gone, and changes nothing."""
    of_casebook = (path for end in _OF_CASEBOOK for path in places.home.glob(f"{places.casebook.name}.{end}"))
    of_school = (path for name in _OF_SCHOOL for path in places.folder.glob(name))
    of_restores = (path for folder in restoring(places) for path in folder.rglob("*"))
    return sorted({path for path in (*of_casebook, *of_school, *of_restores) if path.is_file()})


def restoring(places: Places) -> list[Path]:
    """Return the folders in which backups of this school are being read, or were when a kill came."""
    return list(places.home.glob(f".{places.school}.restoring-*"))


DRILL = "restoring-drill-"  # how what a drill reads is called, after the school


def drilling(home: Path) -> list[Path]:
    """Return the folders in which drills of any school read a backup, or did when a kill came."""
    return list(home.glob(f".*.{DRILL}*"))


def drop_old_copies(places: Places, now: datetime) -> int:
    """Delete the copies from before upgrades that are older than 28 days; return how many there were."""
    copies = places.home.glob(f"{places.casebook.name}.before-*")
    old = [path for path in copies if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
