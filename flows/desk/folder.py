"""The school's folder as the desk writes to it: one change at a time, each whole or not at all, and who made it."""

import hashlib
import secrets
import stat
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from connectors.registers.editing import RegisterFile
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, Settings
from policies.school import Register
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.register_changes import ChangeKind, RegisterChange, RegisterChanges
from warehouse.store.private_files import settle, write_new_file

_LONGEST_WRITE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class SchoolFolder:
    """One school's folder, whose settings are read anew for each page; whoever changes it holds `changing`."""

    settings: Settings
    school_id: str
    book: Casebook
    changing: RLock = field(default_factory=RLock)

    def context(self) -> Context:
        """Return the settings, the policy and the day; UserError in a sentence where something is wrong with them."""
        return open_context(self.settings, self.school_id, None)

    def file_of(self, context: Context, register: Register) -> RegisterFile:
        """Return a register's file as it lies there; ConfigurationError where there is none."""
        name = context.school.registers.get(register)
        if name is None:
            raise ConfigurationError(f"school.toml names no {register} register. Add it under [registers].")
        try:
            body = (context.places.registers / name).read_bytes()
        except OSError as error:
            raise ConfigurationError(f"The {register} register {name} cannot be opened. Put it back.") from error
        return RegisterFile(register, name, body, context.school.columns.get(register))

    def change(
        self, file: RegisterFile, body: bytes, kind: ChangeKind, row_id: str, note: str, person: DeskPerson
    ) -> None:
        """Put these bytes in a register's place, unless it changed since it was read, and keep who did it, and why.

        Where that fails, neither file nor record is changed. Of a link, what it leads to is changed.
        """
        context = self.context()
        path = (context.places.registers / file.file_name).resolve()
        change = RegisterChange(
            register=file.register,
            kind=kind,
            row_id=row_id,
            sha256_before=sha256_of(file.body),
            sha256_after=sha256_of(body),
            by_person=person.number,
            by_role=person.role,
            note=note,
            made_at=context.now(),
        )
        with self.changing, RegisterChanges(self.book).writing(change):
            if path.exists() and path.read_bytes() != file.body:
                raise ConfigurationError(f"Somebody changed {file.file_name} meanwhile. Look at it, and do it again.")
            replace_file(path, body)


def sha256_of(body: bytes) -> str:
    """Return the hash of a file's bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def replace_file(path: Path, body: bytes) -> None:
    """Put these bytes in a file's place, with its mode, or 0600 for a new one; at every moment one of both is whole."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        _forget_killed_writes(path)
        mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o600
        write_new_file(beside, body)
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ConfigurationError(
            f"{path.name} could not be written, and is as it was. Free some space, and see that it may be written."
        ) from error
    settle(path.parent)


def _forget_killed_writes(path: Path) -> None:
    """Take away what writes of this file left that were killed; one that is under way is younger than that."""
    begin = f".{path.name}."
    for left in path.parent.iterdir():
        is_left = left.name.startswith(begin) and left.name.endswith(".new") and not left.is_dir()
        if is_left and left.lstat().st_mtime < time.time() - _LONGEST_WRITE_SECONDS:
            left.unlink(missing_ok=True)
