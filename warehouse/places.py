"""Where one school's files are. Nothing here opens or makes anything."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one school below AUDIT_HOME."""

    home: Path
    school: str

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
        return self.home / "keys" / f"{self.school}.key"

    @property
    def casebook(self) -> Path:
        """Decisions, people's roles and logs; one for all schools of this home."""
        return self.home / "casebook.sqlite"

    def reports(self, run_id: str) -> Path:
        """Return the folder of one run's reports."""
        return self.folder / "reports" / run_id
