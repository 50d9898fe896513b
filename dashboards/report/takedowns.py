"""The photographs whose approval has ended, and how far they have been taken down."""

from dataclasses import dataclass
from datetime import date

from dashboards.report import words


@dataclass(frozen=True, slots=True)
class Takedown:
    """One photograph of the register whose approval has ended; a place is a picture or a video that uses it.

    `gone_from` and the three after it are platforms, separated by semicolons: where a run saw that nothing shows it
    any more, where it stands, where it stands and is approved again, and where nobody can tell whether it stands.
    `state` is standing, half, unknown, approved_again or gone; `unseen` counts the places that this run could not
    see, so that they are not called gone.
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
    approved_again_on: str | None
    unknown_on: str | None
    state: str

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.state in {"gone", "approved_again"}

    def how(self, as_of: date) -> str:
        """Say in words how far it has been taken down."""
        if self.state == "gone":
            return f"Proved gone from {_platforms(self.gone_from)}: closed."
        parts = [
            f"Gone from {_platforms(self.gone_from)}." if self.gone_from else "",
            self._standing(as_of) if self.stands_on else "",
            f"This run could not see {words.count(self.unseen, 'place')}." if self.unseen else "",
            f"Not proved gone from {_platforms(self.unknown_on)}: it may still be shown there."
            if self.unknown_on
            else "",
            f"Still on {_platforms(self.approved_again_on)}, and approved again." if self.approved_again_on else "",
            "Closed." if self.is_closed else "",
        ]
        return " ".join(part for part in parts if part)

    def _standing(self, as_of: date) -> str:
        late = self.due_on is not None and self.due_on < as_of
        return f"Still on {_platforms(self.stands_on)}{', and late' if late else ''}."


def _platforms(listed: str | None) -> str:
    return words.listed([words.source(platform) for platform in (listed or "").split(";") if platform])
