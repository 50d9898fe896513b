"""No official account should tell how to get into the school, when it is empty, or where pupils will be."""

from collections.abc import Sequence
from dataclasses import replace

from checks.evidence import FOUND_BY, QUOTE, SIGNS
from checks.papers import papers
from checks.posts.wording import KIND, PLACE, SaidCheck, judge_of
from checks.texts import kinds_of
from engines.words import TextFamily

_SEEMS = {
    "code": "to give the code of a door, a gate or an alarm",
    "password": "to give a password",
    "key": "to tell where a key is or who holds one",
    "alarm": "to tell that an alarm, a camera or a lock does not work",
    "empty": "to tell when nobody will be at the school",
    "trip": "to tell ahead on which day and where pupils will be",
}


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    found = {kind for family in families for kind in kinds_of(family)}
    return f"{which} seems {' and '.join(says for kind, says in _SEEMS.items() if kind in found)}."


CHECK = SaidCheck(
    **papers(__name__),
    judge=judge_of(["security"], _reason, own_comments=True),
    evidence=(*PLACE, QUOTE, replace(KIND, values=tuple(_SEEMS)), SIGNS, FOUND_BY),
)
