"""A check is only as good as the registers that it is compared with: each should be there, and fresh."""

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers

CHECK = Check(
    **papers(__name__),
    sources=("school",),
    judge=from_sql("checks.governance", "register_fresh"),
    evidence=(Evidence("refreshed_on", "fact", changes=True, about="setting"), Evidence("days_allowed", "fact")),
)
