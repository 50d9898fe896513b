"""What a photographs register may say that takes an approval back, and what the channels are called."""

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
