"""The pictures and videos that no approval covers: those that never had one, and those whose approval has ended."""

from checks.model import from_sql
from checks.pictures.compare import NOT_FETCHED
from checks.pictures.standing import NO_OBJECTION, REFUSED

uncovered = from_sql(
    "checks.posts",
    "uncovered",
    not_fetched=NOT_FETCHED,
    refused=sorted(REFUSED),
    no_objection=sorted(NO_OBJECTION),
)
"""Return one row per uncovered picture; `ended` says what ended its approval, and is null where there was none."""

LEAD = ("platform", "account_id", "subject_id")
