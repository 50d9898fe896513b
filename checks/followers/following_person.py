"""An official account should follow no pupil, no parent and no member of staff in private."""

from dataclasses import replace

from checks.followers.known import EVIDENCE, WHOM, known_followed, unsettled
from checks.model import Check
from checks.papers import papers
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from policies.platforms.registry import platforms_with

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("following"),
    judge=known_followed(),
    evidence=(*EVIDENCE, replace(WHOM, values=tuple(role for role in WHOM.values if role != "governor"))),
    vocabulary={"roles": tuple(REGISTER_OF)},
    unseen=unsettled("following", "somebody's"),
    needs=(OF_THE_ROLES,),
)
