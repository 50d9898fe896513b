"""Between pulling and judging: what the posted pictures show is found out, held against the approvals, and kept."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from checks.pictures.features import Features
from checks.pictures.opening import Opener
from checks.pictures.position import has_position
from checks.pictures.standing import Approval, pupils_of
from checks.pictures.verdicts import Approvals, Day, Said, gravest, said_of, unreadable
from flows.context import Context
from flows.looking import Look, Looker, key_of, look_of, row_of
from flows.masters import Kept, MasterFile, master_files, position_of, register_of
from warehouse import knowing, looks

log = logging.getLogger(__name__)

Row = Mapping[str, Any]


def know_pictures(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Look at every picture that stands, on a post or in a comment, and keep what is to be said of it; say how many.

    Joins a transaction that is under way.
    """
    files = _files(context, db)
    pictures = knowing.pictures(db, context.run_id)
    with Opener() as opener:
        looker = _looker(context, db, files, opener)
        masters = [_master(looker, one) for one in files]
        seen = [(row, looker.look(_key(row), row["body"], is_ours=_is_ours(row))) for row in pictures]
    approvals = _approvals(looker, files)
    day = Day(context.as_of, pupils_of(knowing.pupils(db), context.as_of))
    said = [(row, look, _said(row, look, approvals, day)) for row, look in seen]
    knowing.keep_masters(db, context.run_id, masters)
    knowing.keep_verdicts(db, context.run_id, [_verdict(*one) for one in said])
    knowing.keep_parts(db, context.run_id, [part for row, _, all_said in said for part in _parts(row, all_said)])
    _remember(db, looker, {key for row in pictures if (key := _key(row))})
    return len(pictures)


def settled(context: Context, db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the hashes of the pictures that need not be looked at again in the run at hand."""
    files = _files(context, db)
    masters = {one.sha256 for one in files if one.sha256}
    at_hand = {one.sha256 for one in files if one.sha256 and one.is_there}
    mark = register_of(at_hand, people=context.school.pictures.people)
    remembered = ((sha256, look_of(row)) for sha256, row in looks.looks(db).items())
    return frozenset(sha256 for sha256, look in remembered if look.register == mark or look.is_settled(masters))


def _files(context: Context, db: duckdb.DuckDBPyConnection) -> list[MasterFile]:
    return master_files(context.places.photographs, knowing.photographs(db), looks.last_masters(db))


def _looker(context: Context, db: duckdb.DuckDBPyConnection, files: Sequence[MasterFile], opener: Opener) -> Looker:
    remembered = {sha256: look_of(row) for sha256, row in looks.looks(db).items()}
    kept = {sha256: every for sha256, every in looks.features(db).items() if _are_current(every)}
    return Looker(files, context.school.pictures.people, opener, kept, remembered)


def _are_current(kept: Sequence[Kept]) -> bool:
    return all(Features.is_current(body) for _, body in kept)


def _is_ours(row: Row) -> bool:
    return bool(row["kind"] != knowing.COMMENT_PICTURE)


def _key(row: Row) -> str | None:
    return key_of(row["sha256"], is_ours=_is_ours(row))


def _remember(db: duckdb.DuckDBPyConnection, looker: Looker, pictures: Collection[str]) -> None:
    made = [
        {"master": master, "sha256": sha256, "body": body}
        for sha256, kept in looker.new_features.items()
        for master, body in kept
    ]
    looks.keep_features(db, made, of=looker.masters)
    looks.keep_looks(db, [row_of(sha256, look) for sha256, look in looker.new_looks.items()], of=pictures)


def _approvals(looker: Looker, files: Sequence[MasterFile]) -> Approvals:
    found: defaultdict[str, list[Approval]] = defaultdict(list)
    for one in files:
        for master in looker.ids_of(one.sha256) if one.sha256 else ():
            found[master].append(Approval.of(one.row))
    return found


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
    }


def _said(row: Row, look: Look | None, approvals: Approvals, day: Day) -> list[Said]:
    parts = look.looked.parts if look else (unreadable(row["problem"]),)
    return said_of(parts, approvals, row["platform"], day)


def _verdict(row: Row, look: Look | None, said: Sequence[Said]) -> Row:
    worst, looked = gravest(said), look.looked if look else None
    return {
        **_place(row),
        "sha256": row["sha256"],
        "pdq": looked.pdq if looked else None,
        "pdq_quality": worst.part.quality if looked else None,
        "has_position": row["has_position"] if row["body"] is None else has_position(row["body"]),
        "verdict": worst.verdict,
        "photograph_id": worst.photograph_id,
        "distance": worst.part.distance,
        "why": worst.why,
        "people": looked.seen.people if looked and _is_ours(row) else None,
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
