"""The five weeks of the demo: Mondays, with the audit looking at six in the morning, London time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class DemoWeek:
    """One week of the story: its number from 1, and the Monday the audit is run as of."""

    number: int
    as_of: date

    @property
    def turn(self) -> int:
        """How far everybody's story has come: after week 3 only the consents' goes on, and that of what comes short."""
        return min(self.number, 3)

    @property
    def x_api_version(self) -> str:
        """The edition of its description that X speaks: it renames its fields between weeks 2 and 3."""
        return "2.166" if self.number < 3 else "2.167"

    @property
    def looked_at(self) -> datetime:
        """The moment the servers' clock stands at when the week begins: that Monday, 06:00 in London, as UTC."""
        return datetime.combine(self.as_of, time(6), tzinfo=LONDON).astimezone(UTC)


WEEKS: tuple[DemoWeek, ...] = (
    DemoWeek(1, date(2026, 11, 2)),
    DemoWeek(2, date(2026, 11, 9)),
    DemoWeek(3, date(2026, 11, 16)),
    DemoWeek(4, date(2026, 11, 23)),
    DemoWeek(5, date(2026, 11, 30)),
)
SHORT = 5  # the week in which lists, registers and files come short, and nobody has done anything
TURNS = WEEKS[:3]  # the weeks in which people come, go and speak
