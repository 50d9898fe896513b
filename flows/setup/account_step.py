"""The second step: the official accounts, out of an archive of X's, or typed."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.errors import SourceError
from connectors.records import Medium, Post
from connectors.x_archive.summary import ArchiveSummary, summary_of
from dashboards.desk.school.setup_steps import (
    Answers,
    Item,
    KeptAnswer,
    SentFile,
    SetupError,
    SetupQuestion,
    SetupStep,
    Understood,
)
from flows.setup.owner import NOTHING, StepOwner, change_settings, in_counts, put_file, sentence_of
from flows.setup.typed_account import ensure_meant, needs_key, typed_account
from policies.dates import long_date
from policies.platforms.registry import PLATFORMS, X, platform_of
from policies.school import OfficialAccount
from policies.toml_edit import with_tables
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.store.places import SETTING_UP

_PLATFORMS = tuple((one.id, one.name) for one in PLATFORMS.values())
_SHOWS = (
    "An archive needs neither a key nor money. It shows what the account posted, with pictures, and the ids of who "
    "follows it; it does not show their names, what others wrote to it, or anything after its day."
)


@dataclass(frozen=True, slots=True)
class AccountStep(StepOwner):
    """Asks for an archive, or a handle or an address, and writes `[[account]]` blocks."""

    def step(self) -> SetupStep:
        """Return the step as it stands, with each account that there is."""
        there = self.school.account
        named = ", ".join(f"{platform_of(one.platform).name} @{one.handle}" for one in there)
        items = tuple(
            Item(
                f"{one.platform}:{one.account_id}",
                f"{platform_of(one.platform).name} @{one.handle}",
                (f"Id {one.account_id}, read from {one.archive or 'its platform, by a key'}.",),
                (("away", "Take it out"),),
            )
            for one in there
        )
        return SetupStep(
            "accounts",
            "The official accounts",
            f"{named}." if there else "No account is named yet, so there is nothing to pull.",
            is_done=bool(there),
            is_needed=True,
            says=(_SHOWS,),
            takes="X's own archive (Settings, Your account, Download an archive of your data), up to 180 MB",
            accepts=".zip",
            file_asks=(SetupQuestion("account", "Whose it should be (may stay empty)", "", "@HillViewSchool"),),
            asks=(
                SetupQuestion("account", "Or a handle, or the address of an account or channel", "", "@HillViewSchool"),
                SetupQuestion("platform", "Where it is", X.id, "", "choice", _PLATFORMS),
                SetupQuestion("account_id", "Its id, if it is not in the address", ""),
                SetupQuestion(
                    "path", "Or a larger archive: where it lies on this machine", "", "/home/me/Downloads/x.zip"
                ),
            ),
            items=items,
        )

    def look(self, answers: Answers, file: SentFile | None) -> Understood:
        """Return whose an archive is, or which account was typed."""
        with self._archive(answers, file) as path:
            if path is None:
                account = typed_account(answers)
                return Understood(
                    f"{platform_of(account.platform).name} @{account.handle}",
                    (f"Id {account.account_id}.", needs_key(account)),
                )
            found = self._read(path, answers)
        made = f"Of {long_date(found.made_at.date())}" if found.made_at else "Of no day that it tells"
        lines = [
            f"Id {found.account.account_id}, called {found.display_name or 'nothing'}.",
            f"{made}: {', '.join(_counted(found.counts))}.",
        ]
        return Understood(f"X @{found.account.handle}", (*lines, _SHOWS))

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Write the account, with its archive in the school's folder where it has one."""
        with self._archive(answers, file) as path:
            if path is None:
                account = typed_account(answers)
            else:
                found = self._read(path, answers).account
                name = f"x-archive-{found.account_id}.zip"
                account = OfficialAccount(
                    platform="x", account_id=found.account_id, handle=found.handle, reads="archive", archive=name
                )
                self._put(path, file, self.places.folder / name)
        self._write([one for one in self.school.account if not _is_one(one, account)] + [account])
        return KeptAnswer(f"Kept: {platform_of(account.platform).name} @{account.handle}.")

    def press(self, item: str, answer: str, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Take an account out of school.toml; its archive stays where it is."""
        there = self.school.account
        left = [one for one in there if f"{one.platform}:{one.account_id}" != item]
        if answer != "away" or len(left) == len(there):
            raise SetupError(NOTHING)
        self._write(left)
        return KeptAnswer("Taken out of school.toml. Nothing of it that earlier runs read was deleted.")

    def _write(self, accounts: list[OfficialAccount]) -> None:
        tables: list[dict[str, Any]] = [one.model_dump(exclude_none=True) for one in accounts]
        change_settings(self.places, lambda text: with_tables(text, "account", tables))

    @contextmanager
    def _archive(self, answers: Answers, file: SentFile | None) -> Iterator[Path | None]:
        """Lend the archive as a file of this machine; None where none was given."""
        named = answers.get("path", "").strip().strip("\"'")
        if file is None and not named:
            yield None
            return
        if file is None:
            path = Path(named).expanduser()
            if not path.is_file():
                raise SetupError(f"There is no file {named}. Copy its place from your file manager, or drop it here.")
            yield path
            return
        with tempfile.TemporaryDirectory(dir=self.places.folder, prefix=SETTING_UP) as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.body)
            yield path

    def _read(self, path: Path, answers: Answers) -> ArchiveSummary:
        try:
            found = summary_of(path, clock=self.folder.settings.clock)
        except SourceError as error:
            raise SetupError(sentence_of(error)) from error
        ensure_meant(found.account, answers, path.name)
        return found

    @staticmethod
    def _put(path: Path, file: SentFile | None, to: Path) -> None:
        if file is not None:
            put_file(to, file.body)
        elif path.resolve() != to.resolve():
            beside = to.with_name(f".{to.name}.new")
            beside.touch(mode=0o600)
            shutil.copyfile(path, beside)
            beside.replace(to)


def _is_one(one: OfficialAccount, other: OfficialAccount) -> bool:
    return (one.platform, one.account_id) == (other.platform, other.account_id)


def _counted(counts: Counter[str]) -> Iterator[str]:
    yield in_counts(counts["follower"], "follower")
    yield in_counts(counts["following"], "followed account")
    yield in_counts(counts[Post.__name__], "post")
    yield in_counts(counts[Medium.__name__], "picture or video", "pictures and videos")
