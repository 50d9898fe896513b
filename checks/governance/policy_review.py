"""The policy that the school is held to should itself be in date."""

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers

CHECK = Check(
    **papers(__name__),
    sources=("school",),
    judge=from_sql("checks.governance", "policy_review"),
    evidence=(
        Evidence("title", "fact"),
        Evidence("edition", "fact", changes=True, about="setting"),
        Evidence("adopted_on", "fact", changes=True, about="setting"),
        Evidence("review_by", "fact", changes=True, about="setting"),
        Evidence("days_overdue", "fact"),
    ),
)
