"""The photographs whose approval has ended, and how far they have been taken down."""

from dataclasses import dataclass
from datetime import date

from dashboards.report import words


@dataclass(frozen=True, slots=True)
class Takedown:
    """One photograph of the register whose approval has ended; a place is a picture or a video that uses it.

    `gone_from` and `stands_on` are platforms, separated by semicolons; `state` is standing, half or gone; `unseen`
    counts the places that this run could not see, so that they are not called gone.
    """

    photograph_id: str
    ended: str
    since: date
    due_on: date | None
    places: int
    gone: int
    unseen: int
    gone_from: str | None
    stands_on: str | None
    state: str

    def how(self, as_of: date) -> str:
        """Say in words how far it has been taken down."""
        if self.state == "gone":
            return f"Proved gone from {_platforms(self.gone_from)}: closed."
        late = self.due_on is not None and self.due_on < as_of
        parts = [f"Gone from {_platforms(self.gone_from)}." if self.gone else ""]
        parts.append(f"Still on {_platforms(self.stands_on)}{', and late' if late else ''}.")
        if self.unseen:
            parts.append(f"This run could not see {words.count(self.unseen, 'place')}.")
        return " ".join(part for part in parts if part)


def _platforms(listed: str | None) -> str:
    return words.listed([words.source(one) for one in (listed or "").split(";") if one])
