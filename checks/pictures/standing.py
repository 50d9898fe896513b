"""What a photographs register may say that takes an approval back, and what the channels are called."""

from datetime import date
from typing import Protocol

CHANNELS = {"x": "X", "youtube": "YouTube", "website": "the website"}

# Words in the consent column that take it back; anything else, `given` or nothing, does not.
REFUSED = frozenset({"withdrawn", "refused", "revoked", "declined", "denied", "no", "not given", "false"})
# Words in the objection column that say there is none; anything else is an objection.
NO_OBJECTION = frozenset({"", "no", "none", "nil", "n/a", "-", "false", "no objection", "not raised", "overruled"})


def refusal_of(consent: str | None) -> bool:
    """Say whether the consent has been refused or withdrawn."""
    return (consent or "").strip().casefold() in REFUSED


def objection_to(objection: str | None) -> bool:
    """Say whether somebody objects."""
    return (objection or "").strip().casefold() not in NO_OBJECTION


class Approval(Protocol):
    """One row of the photographs register; `channels` are separated by semicolons."""

    @property
    def photograph_id(self) -> str:
        """Its id in the register."""
        ...

    @property
    def channels(self) -> str:
        """Where it may be shown."""
        ...

    @property
    def expires_on(self) -> date | None:
        """The last day of the approval."""
        ...

    @property
    def consent(self) -> str | None:
        """What the consent column says."""
        ...

    @property
    def objection(self) -> str | None:
        """What the objection column says."""
        ...


def obstacle(approval: Approval, channel: str, as_of: date) -> str | None:
    """Return why this approval does not cover a post on this channel on this day; None when it does."""
    name = approval.photograph_id
    if refusal_of(approval.consent):
        return f"The consent for photograph {name} has been refused or withdrawn."
    if objection_to(approval.objection):
        return f"Somebody has objected to photograph {name}."
    channels = [one.strip() for one in approval.channels.split(";") if one.strip()]
    if channel not in channels:
        named = " and ".join(CHANNELS.get(one, one) for one in channels)
        return f"Approved for {named} only." if named else f"Photograph {name} is approved for no channel."
    if approval.expires_on is not None and approval.expires_on < as_of:
        return f"The approval of photograph {name} ran out on {approval.expires_on}."
    return None
