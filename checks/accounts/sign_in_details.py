"""The headteacher should have every account's sign-in details, and they should be changed from time to time."""

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from checks.registers import OF_THE_WANTS
from policies.platforms.registry import EVERY_PLATFORM

LACKING = ("a day on which the head was given them", "a day of their last change", "a change in time")

CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=from_sql("checks.accounts", "sign_in_details"),
    evidence=(
        Evidence("account", "public_name"),
        Evidence("lacking", "fact", changes=True, about="setting", values=LACKING),
        Evidence("changed_on", "fact"),
        Evidence("link", "platform_id"),
    ),
    vocabulary={"wants": ("shared_with_head_on", "changed_on")},
    needs_columns=(f"accounts.{OF_THE_WANTS}",),
)
