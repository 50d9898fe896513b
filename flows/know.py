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
from flows.context import Context
from warehouse import knowing

log = logging.getLogger(__name__)

_Place = tuple[str, str, str]
_HASHES: dict[bytes, PictureHash | Unreadable] = {}


@dataclass(frozen=True, slots=True)
class _Picture:
    posted: Posted
    sha256: str | None


def know_accounts(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Match every current follower against every register, and keep the matches; return how many."""
    people = [Person(**row) for row in knowing.people(db)]
    actors = [Actor(**row) for row in knowing.followers(db)]
    identity = context.school.school
    names = SchoolNames(identity.name, identity.aliases, identity.town, identity.county)
    found = match(people, actors, names, bands=identity.bands)
    _keep_matches(db, context.run_id, found)
    return len(found)


def know_pictures(context: Context, db: duckdb.DuckDBPyConnection) -> int:
    """Compare every picture on a standing post with the approved masters, and keep the verdicts; return how many."""
    pictures = [_picture(row) for row in knowing.pictures(db, context.run_id)]
    masters = _masters(context.places.photographs, knowing.photographs(db))
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


def _picture(row: Mapping[str, Any]) -> _Picture:
    hashed, problem = None, row["problem"]
    if row["body"] is not None:
        made = _hash(row["body"])
        hashed, problem = (made, None) if isinstance(made, PictureHash) else (None, made.problem)
    elif row["pdq"] is not None:
        hashed, problem = PictureHash(row["pdq"], row["pdq_quality"]), None
    place = (row["platform"], row["account_id"], row["post_id"], row["medium_id"])
    return _Picture(Posted(*place, hashed, problem), row["sha256"])


def _masters(folder: Path, rows: Sequence[Mapping[str, Any]]) -> list[Master]:
    """Return the approved masters whose files can be read and hashed; one that cannot approves nothing."""
    found = []
    for row in rows:
        path = folder / str(row["file_name"])
        made = _hash(path.read_bytes()) if row["file_name"] and path.is_file() else None
        if isinstance(made, PictureHash):
            approval = (row["photograph_id"], row["channels"], row["expires_on"])
            found.append(Master(*approval, hash=made, consent=row["consent"], objection=row["objection"]))
        elif row["file_name"]:
            log.warning("The master of photograph %s cannot be read, so it approves nothing.", row["photograph_id"])
    return found


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
                "verdict": one.verdict,
                "photograph_id": one.photograph_id,
                "distance": one.distance,
                "why": one.why,
            }
        )
    knowing.keep_verdicts(db, run_id, rows)
