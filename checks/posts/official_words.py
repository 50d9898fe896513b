"""No official account should threaten, abuse or accuse anybody."""

from collections.abc import Sequence

from checks.comments.abusive_comment import SAYS
from checks.evidence import Evidence
from checks.papers import papers
from checks.posts.wording import Described, SaidCheck, evidence_of, judge_of
from checks.texts import kinds_of
from engines.words import TextFamily

ATTACKS = ("threat", "hate", "slur", "abuse", "allegation")


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    found = {kind for family in families for kind in kinds_of(family)}
    return f"{which} {next(says for kind, says in SAYS.items() if kind in found)}."


def _threat(families: Sequence[TextFamily]) -> Described:
    return {"threat": "yes" if any("threat" in kinds_of(family) for family in families) else "no"}


CHECK = SaidCheck(
    **papers(__name__),
    judge=judge_of(ATTACKS, _reason, also=_threat, own_comments=True),
    evidence=(
        *evidence_of(*(kind for kind in SAYS if kind != "lure")),
        Evidence("threat", "fact", values=("yes", "no")),
    ),
)
