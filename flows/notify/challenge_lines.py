"""How many challenges wait for an answer, in a line of counts."""

from contextlib import closing
from datetime import date

from dashboards.report.words import count
from flows.home.context import open_casebook
from flows.home.settings import Settings
from warehouse.casebook.challenges import Challenges
from warehouse.store.places import Places


def challenge_lines(settings: Settings, places: Places, today: date) -> tuple[str, ...]:
    """Return one line with how many challenges wait and how many are late; none where none waits."""
    with closing(open_casebook(settings, places)) as book:
        waiting = Challenges(book).waiting()
    late = sum(challenge.is_late(today) for challenge in waiting)
    if not waiting:
        return ()
    said = count(len(waiting), "challenge waits for an answer", "challenges wait for an answer")
    return (f"{said}{f', {late:,} of them late' if late else ''}.",)
