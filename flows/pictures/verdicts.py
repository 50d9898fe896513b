"""Between pulling and judging: what the posted pictures show is found out, compared with the approvals, and kept."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from checks.posts.approvals import pupils
from engines.pictures.features import Features
from engines.pictures.opening import Opener
from engines.pictures.people import can_look
from engines.pictures.standing import Approval, obstacle
from engines.pictures.twins import twins
from engines.pictures.verdicts import Approvals, Day, Said, gravest, said_of, unreadable
from flows.context import Context
from flows.pictures.masters import Kept, MasterFile, Masters, master_files, position_of
from flows.pictures.scan import Look, Looker, key_of, look_of, row_of
from warehouse import match_store, picture_memory

log = logging.getLogger(__name__)

Row = Mapping[str, Any]


def scan_pictures(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Look at every picture that stands, on a post or in a comment, and keep what is to be said of it; say how many.

    Joins a transaction that is under way.
    """
    files = _files(context, db)
    pictures = match_store.pictures(db, context.run_id)
    with Opener() as opener:
        looker = _looker(context, db, files, opener)
        masters = [_master(looker, one) for one in files]
        seen = [(row, _look(db, looker, row)) for row in pictures]
    day = Day(context.as_of, pupils(db, context.as_of))
    approvals = _approvals(looker, files, day)
    said = [(row, look, _said(row, look, approvals, day)) for row, look in seen]
    match_store.keep_masters(db, context.run_id, masters)
    match_store.keep_verdicts(db, context.run_id, [_verdict(looker, *one) for one in said])
    match_store.keep_parts(db, context.run_id, [part for row, _, all_said in said for part in _parts(row, all_said)])
    _remember(db, looker, {key for row in pictures if (key := _key(row))})
    return len(pictures)


def settled(context: Context, db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the hashes of the pictures that need not be looked at again in the run at hand."""
    people = _looks_for_people(context)
    masters = Masters.of(_files(context, db), people=people)
    remembered = ((sha256, look_of(row)) for sha256, row in picture_memory.looks(db).items())
    return frozenset(sha256 for sha256, look in remembered if look.tells_all(masters, people=people))


def _look(db: duckdb.DuckDBPyConnection, looker: Looker, row: Row) -> Look | None:
    return looker.look(_key(row), lambda: match_store.body(db, row["file_id"]), is_ours=row["is_ours"])


def _looks_for_people(context: Context) -> bool:
    return context.school.pictures.people and can_look()


def _files(context: Context, db: duckdb.DuckDBPyConnection) -> list[MasterFile]:
    return master_files(context.places.photographs, match_store.photographs(db), picture_memory.last_masters(db))


def _looker(context: Context, db: duckdb.DuckDBPyConnection, files: Sequence[MasterFile], opener: Opener) -> Looker:
    remembered = {sha256: look_of(row) for sha256, row in picture_memory.looks(db).items()}
    kept = {sha256: every for sha256, every in picture_memory.features(db).items() if _are_current(every)}
    return Looker(files, _looks_for_people(context), opener, kept, remembered)


def _are_current(kept: Sequence[Kept]) -> bool:
    return all(Features.is_current(body) for _, body in kept)


def _key(row: Row) -> str | None:
    return key_of(row["sha256"], is_ours=row["is_ours"])


def _remember(db: duckdb.DuckDBPyConnection, looker: Looker, pictures: Collection[str]) -> None:
    made = [
        {"master": master, "sha256": sha256, "body": body}
        for sha256, kept in looker.new_features.items()
        for master, body in kept
    ]
    picture_memory.keep_features(db, made, of=looker.masters)
    picture_memory.keep_looks(db, [row_of(sha256, look) for sha256, look in looker.new_looks.items()], of=pictures)


def _approvals(looker: Looker, files: Sequence[MasterFile], day: Day) -> Approvals:
    """Return the approvals by master, and with each what was taken back of the same photograph in another file."""
    own: defaultdict[str, list[Approval]] = defaultdict(list)
    for one in files:
        for master in looker.ids_of(one.sha256) if one.sha256 else ():
            own[master].append(Approval.of(one.row))
    features = {name: Features.from_bytes(body) for every in looker.features.values() for name, body in every}
    found = dict(own)
    for master, others in twins({name: features[name] for name in own}).items():
        theirs = [row for other in sorted(others) for row in own[other]]
        found[master] = own[master] + [row for row in theirs if _is_taken_back(row, day)]
    return found


def _is_taken_back(row: Approval, day: Day) -> bool:
    met = obstacle(row, "x", day.as_of, day.pupils)  # a word taken back holds on every channel
    return met is not None and met.kind in {"consent", "objection"}


def _master(looker: Looker, one: MasterFile) -> Row:
    ids = looker.ids_of(one.sha256) if one.sha256 else []
    problem = "missing" if not one.is_there else None if ids else "unreadable"
    if problem:
        log.warning("The master of photograph %s cannot be read, so no new post is known by it.", one.photograph_id)
    hashed = Features.from_bytes(looker.features[one.sha256][0][1]) if one.sha256 and ids and not one.is_video else None
    return {
        "photograph_id": one.photograph_id,
        "file_name": one.row["file_name"],
        "sha256": one.sha256,
        "pdq": hashed.bits.tobytes().hex() if hashed else None,
        "pdq_quality": hashed.quality if hashed else None,
        "has_position": position_of(one),
        "problem": problem,
        "nearest": one.nearest,
    }


def _said(row: Row, look: Look | None, approvals: Approvals, day: Day) -> list[Said]:
    parts = look.looked.parts if look else (unreadable(row["problem"]),)
    return said_of(parts, approvals, row["platform"], day)


def _verdict(looker: Looker, row: Row, look: Look | None, said: Sequence[Said]) -> Row:
    worst, looked = gravest(said), look.looked if look else None
    return {
        **_place(row),
        "sha256": row["sha256"],
        "pdq": looked.pdq if looked else None,
        "pdq_quality": worst.part.quality if looked else None,
        "has_position": look.has_position if look else row["has_position"],
        "verdict": worst.verdict,
        "photograph_id": worst.photograph_id,
        "distance": worst.part.distance,
        "why": worst.why,
        "is_fresh": look is not None and looker.is_fresh(look, is_ours=row["is_ours"]),
        "people": looked.seen.people if looked and row["is_ours"] else None,
        "face_share": looked.seen.face_share if looked else None,
    }


def _parts(row: Row, said: Sequence[Said]) -> list[Row]:
    return [
        {
            **_place(row),
            "part": number,
            "verdict": one.verdict,
            "photograph_id": one.photograph_id,
            "distance": one.part.distance,
            "inliers": one.part.inliers,
            "agreement": one.part.agreement,
            "quality": one.part.quality,
            "transform": ";".join(one.part.transform),
            "new_area": ";".join(",".join(map(str, box)) for box in one.part.new_area),
            "why": one.why,
        }
        for number, one in enumerate(said)
    ]


def _place(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("platform", "account_id", "post_id", "medium_id")}
