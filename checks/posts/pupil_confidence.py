"""No official account should tell what the school knows of one pupil in confidence."""

from dataclasses import replace

from checks.evidence import FOUND_BY, QUOTE, SIGNS
from checks.papers import papers
from checks.posts.wording import KIND, PLACE, SaidCheck, judge_of

KINDS = ("needs", "health", "care", "exclusion", "home", "money", "safeguarding")

CHECK = SaidCheck(
    **papers(__name__),
    judge=judge_of(
        ["confidence"], lambda post, _: f"{post} seems to tell of a pupil what is confidential.", own_comments=True
    ),
    evidence=(*PLACE, QUOTE, replace(KIND, values=KINDS), SIGNS, FOUND_BY),
)
