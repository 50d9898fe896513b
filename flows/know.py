"""Between pulling and judging: profiles go to checks/identity, pictures to checks/pictures; what comes back is kept."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from checks.identity.match import match
from checks.identity.model import Actor, Match, Person, SchoolNames
from checks.pictures.compare import Master, PictureVerdict, Posted, verdicts
from checks.pictures.hash import PictureHash, Unreadable, pdq
from checks.pictures.position import has_position
from flows.context import Context
from warehouse import knowing

log = logging.getLogger(__name__)

_Place = tuple[str, str, str]
_HASHES: dict[bytes, PictureHash | Unreadable] = {}
_POSITIONS: dict[bytes, bool | None] = {}


@dataclass(frozen=True, slots=True)
class _Picture:
    posted: Posted
    sha256: str | None
    has_position: bool | None


def know_accounts(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Match every account that touches an official one against every register, and keep the matches; say how many."""
    found = matched(context, people_of(db), actors_of(db))
    _keep_matches(db, context.run_id, found)
    return len(found)


def people_of(db: duckdb.DuckDBPyConnection) -> list[Person]:
    """Return everybody on a register in the run at hand."""
    return [Person(**row) for row in knowing.people(db)]


def actors_of(db: duckdb.DuckDBPyConnection) -> list[Actor]:
    """Return every account that touches an official one now."""
    return [Actor(**row) for row in knowing.actors(db)]


def matched(context: Context, people: Sequence[Person], actors: Sequence[Actor]) -> list[Match]:
    """Return whose accounts these may be, by the evidence and in the bands that the school allows."""
    identity = context.school.school
    names = SchoolNames(identity.name, identity.aliases, identity.town, identity.county)
    return match(people, actors, names, bands=identity.bands, evidence=identity.evidence, as_of=context.as_of)


def know_pictures(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Compare every picture on a standing post with the approved masters, and keep the verdicts; return how many."""
    pictures = [_picture(row) for row in knowing.pictures(db, context.run_id)]
    read = _read_masters(context.places.photographs, knowing.photographs(db))
    knowing.keep_masters(db, context.run_id, [one.row for one in read])
    masters = [one.master for one in read if one.master is not None]
    found = verdicts([picture.posted for picture in pictures], masters, as_of=context.as_of)
    by_place = {(p.posted.platform, p.posted.post_id, p.posted.medium_id): p for p in pictures}
    _keep_verdicts(db, context.run_id, found, by_place)
    return len(found)


def _keep_matches(db: duckdb.DuckDBPyConnection, run_id: str, found: Sequence[Match]) -> None:
    rows = [
        {
            "platform": one.platform,
            "actor_id": one.actor_id,
            "person_id": one.person_id,
            "role": one.role,
            "band": one.band,
            "probability": one.probability,
            "reasons": json.dumps(one.reasons, ensure_ascii=False),
            "is_best": one.is_best,
            "score": one.score,
            "runner_up": one.runner_up,
        }
        for one in found
    ]
    knowing.keep_matches(db, run_id, rows)


def _hash(body: bytes) -> PictureHash | Unreadable:
    """Return the hash of these bytes; the drill asks for the same pictures as the run did just before."""
    mark = hashlib.sha256(body).digest()
    if mark not in _HASHES:
        _HASHES[mark] = pdq(body)
    return _HASHES[mark]


def _has_position(body: bytes) -> bool | None:
    mark = hashlib.sha256(body).digest()
    if mark not in _POSITIONS:
        _POSITIONS[mark] = has_position(body)
    return _POSITIONS[mark]


def _picture(row: Mapping[str, Any]) -> _Picture:
    hashed, problem, position = None, row["problem"], row["has_position"]
    if row["body"] is not None:
        position = _has_position(row["body"])
        made = _hash(row["body"])
        hashed, problem = (made, None) if isinstance(made, PictureHash) else (None, made.problem)
    elif row["pdq"] is not None:
        hashed, problem = PictureHash(row["pdq"], row["pdq_quality"]), None
    place = (row["platform"], row["account_id"], row["post_id"], row["medium_id"])
    return _Picture(Posted(*place, hashed, problem), row["sha256"], position)


@dataclass(frozen=True, slots=True)
class _Read:
    """One row of the photographs register that names a file: what the file showed, and the master if it is one."""

    row: Mapping[str, Any]
    master: Master | None


def _read_masters(folder: Path, rows: Sequence[Mapping[str, Any]]) -> list[_Read]:
    """Return what each master's file shows; one that cannot be read or hashed approves nothing."""
    return [_read_master(folder / row["file_name"], row) for row in rows if row["file_name"]]


def _read_master(path: Path, row: Mapping[str, Any]) -> _Read:
    body = path.read_bytes() if path.is_file() else None
    made = _hash(body) if body is not None else Unreadable("missing")
    hashed = made if isinstance(made, PictureHash) else None
    seen = {
        "photograph_id": row["photograph_id"],
        "file_name": row["file_name"],
        "sha256": hashlib.sha256(body).hexdigest() if body is not None else None,
        "pdq": hashed.hex if hashed else None,
        "pdq_quality": hashed.quality if hashed else None,
        "has_position": _has_position(body) if body is not None else None,
        "problem": made.problem if isinstance(made, Unreadable) else None,
    }
    if hashed is None:
        log.warning("The master of photograph %s cannot be read, so it approves nothing.", row["photograph_id"])
        return _Read(seen, None)
    approval = (row["photograph_id"], row["channels"], row["expires_on"])
    return _Read(seen, Master(*approval, hash=hashed, consent=row["consent"], objection=row["objection"]))


def _keep_verdicts(
    db: duckdb.DuckDBPyConnection, run_id: str, found: Sequence[PictureVerdict], posted: Mapping[_Place, _Picture]
) -> None:
    rows = []
    for one in found:
        picture = posted[one.platform, one.post_id, one.medium_id]
        hashed = picture.posted.hash
        rows.append(
            {
                "platform": one.platform,
                "account_id": one.account_id,
                "post_id": one.post_id,
                "medium_id": one.medium_id,
                "sha256": picture.sha256,
                "pdq": hashed.hex if hashed else None,
                "pdq_quality": hashed.quality if hashed else None,
                "has_position": picture.has_position,
                "verdict": one.verdict,
                "photograph_id": one.photograph_id,
                "distance": one.distance,
                "why": one.why,
            }
        )
    knowing.keep_verdicts(db, run_id, rows)
