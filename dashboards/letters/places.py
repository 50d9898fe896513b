"""Where a photograph stands or stood on the official accounts, from the published copy, post by post.

A place is one post, or the comments of others beneath it: a letter gives the page that these are on, and never whose
comment it is.
A place is down only where a run saw that its case was gone and the newest run found the photograph nowhere in it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboards.letters.letter import NewestRun, Place
from dashboards.queries import query, rows
from dashboards.report.model import ReportError
from policies.platforms.registry import PLATFORMS, platform_of, platforms_with

_AROUND_ID = [platform.addresses.post.partition("{post_id}")[::2] for platform in PLATFORMS.values()]
# A post's id out of an address on it or beneath it, and the address of a post and no more, whatever platform it is of.
POST_ID = f"^({'|'.join(re.escape(before) for before, _ in _AROUND_ID)})([0-9A-Za-z_-]+)"
POST_ADDRESS = "|".join(f"{re.escape(before)}[0-9A-Za-z_-]+{re.escape(after)}" for before, after in _AROUND_ID)
Handles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that shows the photograph in the newest run; without a `post_id`, in a comment on the channel.

    A video has no `photograph_id`: its `post_id` is the one in the register.
    """

    platform: str
    account_id: str
    post_id: str
    subject_id: str
    posted_on: date | None
    seen_on: date
    in_comment: bool
    photograph_id: str | None

    @property
    def link(self) -> str:
        """The address of the post, or of the account where no post is known."""
        platform = platform_of(self.platform)
        return platform.post_link(self.post_id) if self.post_id else platform.account_link(self.account_id)


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
        """Whether it was taken down; where pictures may change, another may stand in its place."""
        return self.is_gone and (not _is_fixed(self.platform) or not self.is_there)


def _is_fixed(platform: str) -> bool:
    """Say whether a picture of this platform never changes, so that one that is still there is another."""
    return platform in platforms_with("fixed_pictures")


def look_of(db: duckdb.DuckDBPyConnection) -> NewestRun:
    """Return how the newest run looked; ReportError when nothing is published."""
    for look in rows(db, "letter_looked", NewestRun):
        return look
    raise ReportError("The published copy holds no run. Run `audit run` first.")


def references_of(db: duckdb.DuckDBPyConnection, photographs: Collection[str]) -> tuple[str, ...]:
    """Return the refs of the cases about these photographs, by which a family may challenge them."""
    given = {"photographs": sorted(photographs)}
    return tuple(reference for (reference,) in db.execute(query("letter_references"), given).fetchall())


def places_of(
    db: duckdb.DuckDBPyConnection, *, photographs: Collection[str], videos: Collection[str], handles: Handles
) -> tuple[Place, ...]:
    """Return each post that shows or showed one of these photographs or is one of these videos, the newest first.

    `handles` are the official accounts', by platform and account id.
    """
    shown, cases = shown_and_raised(db, photographs=photographs, videos=videos)
    standing = _by_place([*shown, *(case for case in cases if not case.is_gone)])
    down = _by_place(case for case in cases if case.is_down)
    places = [_place(pictures, handles, is_down=False) for pictures in standing.values()]
    places += [_place(pictures, handles, is_down=True) for key, pictures in down.items() if key not in standing]
    return tuple(sorted(places, key=lambda place: (place.posted_on or date.min, place.link), reverse=True))


def shown_and_raised(
    db: duckdb.DuckDBPyConnection, *, photographs: Collection[str], videos: Collection[str]
) -> tuple[list[Shown], list[Raised]]:
    """Return where the newest run saw them, and the cases about them; neither of what somebody called mistaken."""
    ids = {"photographs": sorted(photographs)}
    addresses = {"post_id": POST_ID, "post_address": POST_ADDRESS}
    raised = rows(db, "letter_raised", Raised, **ids, **addresses, fixed=platforms_with("fixed_pictures"))
    mistaken = {
        (case.platform, case.subject_id, which)
        for case in raised
        if case.is_mistaken
        for which in (case.photograph_id, None)
    }
    shown = rows(db, "letter_shown", Shown, **ids, videos=sorted(videos), with_videos=platforms_with("videos"))
    cases = [case for case in raised if not case.is_mistaken]
    of = [each for each in shown if (each.platform, each.subject_id, each.photograph_id) not in mistaken]
    return of, cases


def _by_place(pictures: Iterable[Shown]) -> dict[tuple[str, bool], list[Shown]]:
    by_place: dict[tuple[str, bool], list[Shown]] = {}
    for picture in pictures:
        by_place.setdefault((picture.link, picture.in_comment), []).append(picture)
    return by_place


def _place(pictures: list[Shown], handles: Handles, *, is_down: bool) -> Place:
    first = pictures[0]
    due = [_due(picture) for picture in pictures]
    return Place(
        platform=first.platform,
        handle=handles.get((first.platform, first.account_id)),
        link=first.link,
        posted_on=next((picture.posted_on for picture in pictures if picture.posted_on), None),
        seen_on=max(picture.seen_on for picture in pictures),
        due_on=None if is_down else min((day for day in due if day), default=None),
        is_down=is_down,
        proof=_weakest(pictures) if is_down else None,
        in_comment=first.in_comment,
    )


def _weakest(pictures: Sequence[Shown]) -> str | None:
    """Return the proof that says least, where several pictures in one place are gone on different ones."""
    proofs = {picture.proof for picture in pictures if isinstance(picture, Raised)}
    return next((proof for proof in ("put_right", "absent_twice", "recorded", "asked") if proof in proofs), None)


def _due(picture: Shown) -> date | None:
    """Return the day by which it is to be down; none for what nobody has been set to do."""
    return picture.due_on if isinstance(picture, Raised) and picture.decision != "allowed" else None
