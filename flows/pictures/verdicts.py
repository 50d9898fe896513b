"""Between pulling and judging: what the posted pictures show is found out, compared with the approvals, and kept."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import duckdb

from checks.posts.approvals import pupils
from engines.pictures.decoding import Opener
from engines.pictures.duplicate_approvals import known_again
from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.features.face_detection import is_installed, let_detector_go
from engines.pictures.scans import PictureScan, row_of_scan, scan_key, scan_of_row
from engines.pictures.verdicts.channel_verdicts import (
    Approvals,
    Day,
    PartVerdict,
    most_serious,
    part_verdicts,
    unreadable_part,
)
from flows.home.context import Context
from flows.pictures.master_approvals import approvals_by_master, is_changed, taken_back_before
from flows.pictures.masters import MasterFile, master_files, master_set, meant_changes, position_of
from flows.pictures.scan import Looker
from warehouse.runs import match_store, run_memory

log = logging.getLogger(__name__)

Row = Mapping[str, Any]


def scan_pictures(context: Context, db: duckdb.DuckDBPyConnection, pictures: Sequence[Row], opener: Opener) -> int:
    """Look at each of these pictures, and keep what is to be said of it; joins a transaction; say how many."""
    day = Day(context.as_of, pupils(db, context.as_of))
    files = register_files(context, db)
    earlier = taken_back_before(context, db, files, day)
    looker = _looker(context, db, [*files, *earlier], opener)
    masters = [_master(looker, file) for file in files]
    seen = [
        (row, looker.look(_key(row), partial(match_store.body, db, row["file_id"]), is_ours=row["is_ours"]))
        for row in pictures
    ]
    approvals = approvals_by_master(looker, [*files, *earlier], day)
    let_detector_go()  # no face is sought in the rest of a run
    lost = looker.lost_features()
    judged = [(row, look, _part_verdicts(row, look, approvals, lost, day)) for row, look in seen]
    match_store.keep_masters(db, context.run_id, masters)
    match_store.keep_verdicts(db, context.run_id, [_verdict(looker, *judged_picture) for judged_picture in judged])
    match_store.keep_parts(
        db, context.run_id, [part for row, _, part_verdicts_here in judged for part in _parts(row, part_verdicts_here)]
    )
    _remember(db, looker, {key for row in pictures if (key := _key(row))})
    return len(pictures)


def settled(context: Context, db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the hashes of the pictures that need not be looked at again in the run at hand."""
    people = _looks_for_people(context)
    files = register_files(context, db)
    day = Day(context.as_of, pupils(db, context.as_of))
    masters = master_set([*files, *taken_back_before(context, db, files, day)], people=people)
    remembered = ((sha256, scan_of_row(row)) for sha256, row in run_memory.looks(db).items())
    return frozenset(sha256 for sha256, look in remembered if look.tells_all(masters, people=people))


def _looks_for_people(context: Context) -> bool:
    return context.school.pictures.people and is_installed()


def register_files(context: Context, db: duckdb.DuckDBPyConnection) -> list[MasterFile]:
    """Return the files that the photographs register names in the run at hand, by their hashes."""
    with context.casebook() as book:
        meant = meant_changes(book.acceptances())
    return master_files(context.places.photographs, match_store.photographs(db), run_memory.last_masters(db), meant)


def _looker(context: Context, db: duckdb.DuckDBPyConnection, files: Sequence[MasterFile], opener: Opener) -> Looker:
    remembered = {sha256: scan_of_row(row) for sha256, row in run_memory.looks(db).items()}
    features = run_memory.features(db).items()
    kept = {sha: every for sha, every in features if all(PictureFeatures.is_current(body) for _, body in every)}
    return Looker(files, _looks_for_people(context), opener, kept, remembered)


def _key(row: Row) -> str | None:
    return scan_key(row["sha256"], is_ours=row["is_ours"])


def _remember(db: duckdb.DuckDBPyConnection, looker: Looker, pictures: Collection[str]) -> None:
    made = [
        {"master": master, "sha256": sha256, "body": body}
        for sha256, kept in looker.new_features.items()
        for master, body in kept
    ]
    run_memory.keep_features(db, made, of=looker.masters)
    run_memory.keep_looks(db, [row_of_scan(sha256, look) for sha256, look in looker.new_looks.items()], of=pictures)


def _master(looker: Looker, file: MasterFile) -> Row:
    if file.found and not is_changed(looker, file):
        file = replace(file, sha256=file.found, found=None, is_there=True)
    ids = looker.ids_of(file.found or file.sha256) if file.sha256 else []
    problem = "unreadable" if not ids else "changed" if file.found else None
    problem = problem if file.is_there or file.found else "missing"
    if problem:
        log.info("The master of photograph %s cannot be read, so no new post is known by it.", file.photograph_id)
    hashed = (
        PictureFeatures.from_bytes(looker.features[file.sha256][0][1])
        if file.sha256 and ids and not file.is_video and file.sha256 in looker.features and looker.features[file.sha256]
        else None
    )
    return {
        "photograph_id": file.photograph_id,
        "file_name": file.row["file_name"],
        "sha256": file.sha256,
        "pdq": hashed.bits.tobytes().hex() if hashed else None,
        "pdq_quality": hashed.quality if hashed else None,
        "has_position": position_of(file),
        "problem": problem,
        "nearest": file.nearest,
    }


def _part_verdicts(
    row: Row, look: PictureScan | None, approvals: Approvals, lost: Mapping[str, PictureFeatures], day: Day
) -> list[PartVerdict]:
    parts = known_again(look.picture.parts, look.picture.pdq, lost) if look else (unreadable_part(row["problem"]),)
    return part_verdicts(parts, approvals, row["platform"], day)


def _verdict(looker: Looker, row: Row, look: PictureScan | None, verdicts: Sequence[PartVerdict]) -> Row:
    worst, looked = most_serious(verdicts), look.picture if look else None
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
        "people": looked.faces.people if looked and row["is_ours"] else None,
        "face_share": looked.faces.face_share if looked else None,
    }


def _parts(row: Row, verdicts: Sequence[PartVerdict]) -> list[Row]:
    return [
        {
            **_place(row),
            "part": number,
            "verdict": verdict.verdict,
            "photograph_id": verdict.photograph_id,
            "distance": verdict.part.distance,
            "inliers": verdict.part.inliers,
            "agreement": verdict.part.agreement,
            "quality": verdict.part.quality,
            "transform": ";".join(verdict.part.transform),
            "new_area": ";".join(",".join(map(str, box)) for box in verdict.part.new_area),
            "why": verdict.why,
            "obstacle": verdict.obstacle,
        }
        for number, verdict in enumerate(verdicts)
    ]


def _place(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("platform", "account_id", "post_id", "medium_id")}
