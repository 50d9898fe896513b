"""No official post should be party-political, promote a faith, advertise, or be somebody's private life."""

from collections.abc import Sequence

from checks.papers import papers
from checks.posts.wording import WordingCheck, evidence_of, judge_of
from engines.words import TextFamily

_SEEMS = {
    "partisan": "to take a side in party politics",
    "religious": "to urge a faith on its readers",
    "commercial": "to advertise",
    "personal": "to be somebody's private post",
}


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    return f"{which} seems {' and '.join(_SEEMS[name] for name in sorted({family.family for family in families}))}."


CHECK = WordingCheck(
    **papers(__name__),
    judge=judge_of(_SEEMS, _reason, kinds=lambda family: [family.family]),
    evidence=evidence_of(*_SEEMS),
)
