"""Where a photograph stands or stood on the official accounts, from the published copy, post by post.

A place is one post, or the comments of others beneath it: of those the page is told, and never whose comment it is.
A place is down only where a run saw that its case was gone and the newest run found the photograph nowhere in it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboards.letters.model import Look, Place
from dashboards.queries import rows
from dashboards.report.model import ReportError

CHANNEL = "https://www.youtube.com/channel/"
LINKS = {"x": "https://x.com/i/status/", "youtube": "https://www.youtube.com/watch?v="}
Handles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that shows the photograph in the newest run; without a `post_id`, in a comment on the channel."""

    platform: str
    account_id: str
    post_id: str
    subject_id: str
    posted_on: date | None
    seen_on: date
    in_comment: bool


@dataclass(frozen=True, slots=True)
class Raised(Shown):
    """A case that was raised about the photograph; `is_there` says that its picture still stands on a post."""

    due_on: date | None
    decision: str | None
    is_gone: bool
    proof: str | None
    is_there: bool

    @property
    def is_mistaken(self) -> bool:
        """Whether a person made sure that it is not this photograph."""
        return self.decision == "mistaken"

    @property
    def is_down(self) -> bool:
        """Whether it was taken down; on X a picture never changes, so one that is still there is another."""
        return self.is_gone and (self.platform == "youtube" or not self.is_there)


def look_of(db: duckdb.DuckDBPyConnection) -> Look:
    """Return how the newest run looked; ReportError when nothing is published."""
    for look in rows(db, "letter_looked", Look):
        return look
    raise ReportError("The published copy holds no run. Run `audit run` first.")


def places_of(
    db: duckdb.DuckDBPyConnection,
    *,
    photographs: Collection[str],
    videos: Collection[str],
    zone: str,
    handles: Handles,
) -> tuple[Place, ...]:
    """Return each post that shows or showed one of these photographs or is one of these videos, the newest first.

    `handles` are the official accounts', by platform and account id; `zone` is the time zone of the days.
    """
    ids = {"photographs": sorted(photographs), "zone": zone}
    raised = rows(db, "letter_raised", Raised, **ids)
    mistaken = {(one.platform, one.subject_id) for one in raised if one.is_mistaken}
    shown = [
        one
        for one in rows(db, "letter_shown", Shown, **ids, videos=sorted(videos))
        if (one.platform, one.subject_id) not in mistaken
    ]
    told = [one for one in raised if not one.is_mistaken]
    standing = _by_place([*shown, *(one for one in told if not one.is_gone)])
    down = _by_place(one for one in told if one.is_down)
    found = [_place(seen, handles, is_down=False) for seen in standing.values()]
    found += [_place(seen, handles, is_down=True) for where, seen in down.items() if where not in standing]
    return tuple(sorted(found, key=lambda place: (place.posted_on or date.min, place.link), reverse=True))


def _by_place(seen: Iterable[Shown]) -> dict[tuple[str, bool], list[Shown]]:
    found: dict[tuple[str, bool], list[Shown]] = {}
    for one in seen:
        found.setdefault((_link(one), one.in_comment), []).append(one)
    return found


def _link(one: Shown) -> str:
    return LINKS[one.platform] + one.post_id if one.post_id else CHANNEL + one.account_id


def _place(seen: list[Shown], handles: Handles, *, is_down: bool) -> Place:
    first = seen[0]
    due = [_due(one) for one in seen]
    return Place(
        platform=first.platform,
        handle=handles.get((first.platform, first.account_id)),
        link=_link(first),
        posted_on=next((one.posted_on for one in seen if one.posted_on), None),
        seen_on=max(one.seen_on for one in seen),
        due_on=None if is_down else min((day for day in due if day), default=None),
        is_down=is_down,
        proof=_weakest(seen) if is_down else None,
        in_comment=first.in_comment,
    )


def _weakest(seen: Sequence[Shown]) -> str | None:
    """Return the proof that says least, where several pictures in one place are gone on different ones."""
    proofs = {one.proof for one in seen if isinstance(one, Raised)}
    return next((proof for proof in ("put_right", "absent_twice", "recorded", "asked") if proof in proofs), None)


def _due(one: Shown) -> date | None:
    """Return the day by which it is to be down; none for what nobody has been set to do."""
    return one.due_on if isinstance(one, Raised) and one.decision != "allowed" else None
