"""Whether an approval stands: what the registers may say that ends it, and what the channels are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, NamedTuple, Self

from engines.roll_ids import ERASED_ID, fold_roll_id

CHANNELS = {"x": "X", "youtube": "YouTube", "website": "the website"}

# A consent that is given, or of which nothing is said; the reader of registers turns every school's words into these.
CONSENTED = frozenset({"", "given", "yes"})
# Words in the objection column that say there is none; anything else is an objection.
NO_OBJECTION = frozenset(
    {"", "no", "none", "nil", "n/a", "-", "false", "no objection", "not raised", "overruled"}
    | {"na", "nac oes", "nag oes", "dim", "dim gwrthwynebiad", "nie", "brak", "nahi", "nahin", "koi nahi"}
)

Kind = Literal["consent", "objection", "changed", "left", "expiry", "unwritten", "channel"]
# What is said of a photograph that is on the register more than once: the first of these that is so of any row.
ORDER: tuple[Kind | Literal["standing"], ...] = (
    "consent", "objection", "standing", "changed", "left", "expiry", "unwritten", "channel"
)  # fmt: skip
ENDING = frozenset({"consent", "objection", "left", "expiry"})  # what ends an approval that there was
CHANGED = "The photograph's file holds another picture than it did, and nobody has said which is meant."


def is_refused(consent: str | None) -> bool:
    """Say whether the consent has been refused or withdrawn; a word that is not known to give it does not."""
    return (consent or "").strip().casefold() not in CONSENTED


def refused_channels(consent: str | None) -> frozenset[str] | None:
    """Return the channels that a pupil's consent refuses, such as `given;x=withdrawn`; None for every one."""
    said = [part.partition("=") for part in (consent or "").split(";")]
    if any(is_refused(word) for word, equals, _ in said if not equals):
        return None
    return frozenset(channel.strip() for channel, equals, answer in said if equals and is_refused(answer))


def given_channels(consent: str | None) -> frozenset[str] | None:
    """Return the channels for which a pupil's consent is written, whatever it refuses besides; None for every one."""
    said = [part.rpartition("=") for part in (consent or "").split(";")]
    given = frozenset(channel.strip() for channel, _, answer in said if answer.strip() and not is_refused(answer))
    return None if "" in given else given


def is_objection(objection: str | None) -> bool:
    """Say whether somebody objects."""
    return (objection or "").strip().casefold() not in NO_OBJECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One row of the photographs register, as far as an approval goes.

    `channels` and `pupil_ids` (the roll ids of those whom it shows) are separated by semicolons; `basis` is consent,
    public_task or legitimate_interests; `expires_on` is the last day. `is_changed` says that another picture lies under
    the file's name than when it was approved, and that nobody has said which is meant.
    """

    photograph_id: str
    channels: str
    expires_on: date | None = None
    basis: str | None = None
    consent: str | None = None
    objection: str | None = None
    pupil_ids: str | None = None
    is_changed: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any], *, is_changed: bool = False) -> Self:
        """Return the approval in a row of the register."""
        named = {field.name: row[field.name] for field in fields(cls) if field.name != "is_changed"}
        return cls(**named, is_changed=is_changed)


@dataclass(frozen=True, slots=True)
class Pupils:
    """What the registers say of pupils, by folded roll id: who may not be shown, who left, and who may be shown."""

    refused: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    refused_on: frozenset[tuple[str, str]] = frozenset()  # channel and roll id
    given_on: frozenset[tuple[str, str]] = frozenset()

    def refuses(self, ids: Iterable[str], channel: str) -> bool:
        """Say whether one of these may not be shown on this channel."""
        return any(each in self.refused or (channel, each) in self.refused_on for each in ids)

    def give(self, ids: Iterable[str], channel: str) -> bool:
        """Say whether of each of these a consent is written for this channel."""
        return all(each in self.given or (channel, each) in self.given_on for each in ids)


NO_PUPILS = Pupils()


class Obstacle(NamedTuple):
    """What ends an approval, in a word and in a sentence."""

    kind: Kind
    why: str


def pupils_of(rows: Iterable[tuple[str, str, str | None, date | None]], as_of: date) -> Pupils:
    """Return who may not be shown and who has left, from role, roll id, picture consent and day of leaving.

    A leaver without a day has left. Who is on both registers has come back.
    """
    people = [(role, fold_roll_id(ident), consent, day) for role, ident, consent, day in rows]
    on_roll = {ident for role, ident, *_ in people if role == "pupil"}
    refused = [(ident, refused_channels(said)) for role, ident, said, _ in people if role in {"pupil", "leaver"}]
    everywhere = frozenset(ident for ident, channels in refused if channels is None)
    by_channel = frozenset((channel, ident) for ident, channels in refused for channel in channels or ())
    left = {ident for role, ident, _, day in people if role == "leaver" and (day is None or day <= as_of)}
    given = [(ident, given_channels(said)) for _, ident, said, _ in people if ident not in everywhere]
    given_everywhere = frozenset(ident for ident, channels in given if channels is None)
    given_on = frozenset((channel, ident) for ident, channels in given for channel in channels or ())
    return Pupils(everywhere, frozenset(left - on_roll), given_everywhere, by_channel, given_on)


def written_roll_ids(approval: Approval) -> tuple[str, ...]:
    """Return the roll ids of the pupils whom a photograph shows, as they are written; of the erased there is none."""
    written = (roll_id.strip() for roll_id in (approval.pupil_ids or "").split(";"))
    return tuple(roll_id for roll_id in written if roll_id not in {"", ERASED_ID})


def pupils_shown(approval: Approval) -> frozenset[str]:
    """Return whom a photograph shows, by folded roll ids."""
    return frozenset(map(fold_roll_id, written_roll_ids(approval)))


def obstacle(approval: Approval, channel: str, as_of: date, pupils: Pupils = NO_PUPILS) -> Obstacle | None:
    """Return why this approval does not cover a post on this channel on this day; None when it does."""
    name = approval.photograph_id
    if taken_back := _withdrawn_consent(approval, channel, pupils):
        return taken_back
    if approval.is_changed:
        return Obstacle("changed", CHANGED)
    channels = [channel_id.strip() for channel_id in approval.channels.split(";") if channel_id.strip()]
    if channel not in channels:
        named = " and ".join(CHANNELS.get(channel_id, channel_id) for channel_id in channels)
        reason = f"Approved for {named} only." if named else f"Photograph {name} is approved for no channel."
        return Obstacle("channel", reason)
    if _rests_on_consent(approval) and not pupils.left.isdisjoint(pupils_shown(approval)):
        return Obstacle("left", f"A pupil in photograph {name} has left, and its approval rests on consent.")
    if approval.expires_on is not None and approval.expires_on < as_of:
        return Obstacle("expiry", f"The approval of photograph {name} ran out on {approval.expires_on}.")
    unwritten = Obstacle("unwritten", f"The approval of photograph {name} rests on consent, and none is written.")
    return unwritten if _is_unwritten(approval, channel, pupils) else None


def _withdrawn_consent(approval: Approval, channel: str, pupils: Pupils) -> Obstacle | None:
    """Return whose word ends an approval on a channel: the photograph's own consent, a pupil's, an objection."""
    name = approval.photograph_id
    if is_refused(approval.consent):
        return Obstacle("consent", f"The consent for photograph {name} has been refused or withdrawn.")
    if pupils.refuses(pupils_shown(approval), channel):
        return Obstacle("consent", f"The consent for a pupil in photograph {name} has been refused or withdrawn.")
    if is_objection(approval.objection):
        return Obstacle("objection", f"Somebody has objected to photograph {name}.")
    return None


def _is_unwritten(approval: Approval, channel: str, pupils: Pupils) -> bool:
    """Say whether an approval is said to rest on consent that neither its row nor those of all its pupils give."""
    is_said = (approval.basis or "").strip().casefold() == "consent"
    shown = pupils_shown(approval)
    return is_said and not (approval.consent or "").strip() and not (shown and pupils.give(shown, channel))


def _rests_on_consent(approval: Approval) -> bool:
    return (approval.basis or "consent").strip().casefold() == "consent"


class ApprovalStatus(NamedTuple):
    """The approval of a photograph that goes furthest, and what is in its way: None when it stands."""

    photograph_id: str
    obstacle: Obstacle | None


def approval_status(
    approvals: Sequence[Approval], channel: str, as_of: date, pupils: Pupils = NO_PUPILS
) -> ApprovalStatus | None:
    """Return how a photograph's approvals stand on a channel; None when there is no approval at all.

    A photograph may be on the register more than once. Any approval that stands is enough, unless consent was taken
    back or somebody objects on another row: whose word it was is not overruled by a row that nobody thought of.
    """
    statuses = [ApprovalStatus(status.photograph_id, obstacle(status, channel, as_of, pupils)) for status in approvals]
    return min(statuses, key=lambda status: (obstacle_order(status.obstacle), status.photograph_id), default=None)


def obstacle_order(obstacle: Obstacle | None) -> int:
    """Return the place of an obstacle, or of none, in ORDER."""
    return ORDER.index(obstacle.kind if obstacle else "standing")
