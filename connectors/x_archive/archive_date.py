"""When one archive was made, by X's own word or the newest time in it, and whether that is newer than what was read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connectors.errors import OlderThanRead
from connectors.x_archive.archive_file import refused
from connectors.x_archive.values import day

FIRST_POST = datetime(2006, 3, 21, tzinfo=UTC)  # nobody wrote on the platform before this day
_SLACK = timedelta(days=1)  # between X's clock and this computer's


@dataclass(slots=True)
class ArchiveDate:
    """When one archive was made; `stated` is X's own word, `newest` the newest time that stood in it so far."""

    file_name: str
    now: datetime
    stated: datetime | None
    newest: datetime | None = None

    def is_time(self, when: datetime | None) -> bool:
        """Say whether something on the platform can be of this time."""
        return when is not None and FIRST_POST <= when <= self.now + _SLACK

    def meet(self, when: datetime | None) -> None:
        """Note a time that stands in the archive."""
        if when is not None and self.is_time(when) and (self.newest is None or when > self.newest):
            self.newest = when

    @property
    def made_at(self) -> datetime | None:
        """When it was made, as well as it can be known."""
        return self.stated or self.newest

    def check_clock(self) -> None:
        """SourceRefused("input") for an archive from the future."""
        if self.stated is not None and self.stated > self.now + _SLACK:
            remedy = "set this computer's clock"
            raise refused(self.file_name, "was made later than it is by this computer's clock", remedy)

    def check_newer(self, last_read: datetime | None) -> None:
        """OlderThanRead for an archive that shows the account as it was before it was read last.

        What has changed since would look as if it were undone: a post of last week as if it had been taken down.
        """
        if last_read is None or (self.made_at is not None and self.made_at >= last_read):
            return
        made = "does not say when it was made" if self.made_at is None else f"is of {day(self.made_at)}"
        problem = f"{made}, and the account was read last as it stood on {day(last_read)}"
        told = refused(self.file_name, problem, "download a newer one from X and name it in school.toml")
        raise OlderThanRead(str(told), reason="input")
