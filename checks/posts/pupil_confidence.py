"""No official account should tell what the school knows of one pupil in confidence."""

from checks.papers import papers
from checks.posts.wording import SaidCheck, evidence_of, judge_of

KINDS = ("needs", "health", "care", "exclusion", "home", "money", "safeguarding")

CHECK = SaidCheck(
    **papers(__name__),
    judge=judge_of(
        ["confidence"], lambda post, _: f"{post} seems to tell of a pupil what is confidential.", own_comments=True
    ),
    evidence=evidence_of(*KINDS),
)
