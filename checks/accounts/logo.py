"""The profile picture of each official account should show the school's logo."""

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import EVERY_PLATFORM

CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=from_sql("checks.accounts", "logo"),
    evidence=(
        Evidence("account", "public_name"),
        Evidence("picture", "platform_id", changes=True, about="setting"),  # another picture has another address
        Evidence("link", "platform_id"),
    ),
)
