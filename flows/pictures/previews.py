"""Small copies of the pictures that cases are about, and of approved photographs, made once when a run publishes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from checks.posts.approvals import pupils
from engines.pictures.decoding import Opener, UnreadablePicture
from engines.pictures.picture import DecodedPicture, Pixels
from engines.pictures.preview import MEDIA_TYPE, Fractions, around, boxes_of, registration_of, small_picture
from engines.pictures.scans import PictureScan, scan_key, scan_of_row, sha256_of_file
from engines.pictures.verdicts.approvals import Approval, obstacle
from flows.home.context import Context
from flows.pictures.masters import MasterFile, MasterReader
from flows.pictures.photo_files import is_there
from flows.pictures.scan import held_opener
from policies.platforms.registry import PLATFORMS
from warehouse.runs import match_store, run_memory
from warehouse.store import preview_store

Row = Mapping[str, Any]

NOT_KEPT = "The picture's bytes are no longer kept, so it cannot be shown."
OVER = "The platform does not allow the picture to be kept any longer."
NO_MASTER = "The file of the approved photograph is not in the photographs folder."
NEAREST = 3  # approved photographs that are shown beside a picture that is none of them
_SHOWS_PEOPLE = {"yes": True, "no": False}


def make_previews(context: Context, db: duckdb.DuckDBPyConnection, kept: Collection[str] = ()) -> int:
    """Make the small copies for the cases that stand, and drop others but of `kept` cases; return how many rows."""
    looks = {sha256: scan_of_row(row) for sha256, row in run_memory.looks(db).items()}
    with held_opener(context) as opener:
        maker = _Maker(db, context.today(), opener, context.places.photographs, looks)
        rows = [row for case in preview_store.cases(db) for row in maker.rows(case)]
    preview_store.replace_previews(db, rows, list(maker.made.values()), today=context.today(), kept=kept)
    return len(rows)


class _Maker:
    """What is kept already, what is made in this run, and how to come by the rest."""

    def __init__(
        self,
        db: duckdb.DuckDBPyConnection,
        today: date,
        opener: Opener,
        folder: Path,
        looks: Mapping[str, PictureScan],
    ) -> None:
        self.db, self.today, self.opener, self.looks = db, today, opener, looks
        self.made = dict[str, dict[str, Any]]()
        self._sizes = preview_store.sizes(db)
        self._registrations = preview_store.registrations(db)
        masters = [row for row in preview_store.masters(db) if row["sha256"]]
        self._masters = defaultdict[str, list[str]](list)
        for row in masters:
            self._masters[row["photograph_id"]].append(row["sha256"])
        self._register, self._pupils = match_store.photographs(db), pupils(db, today)
        self._there = there = [
            row for row in masters if not row["problem"] and is_there(folder / row["file_name"], folder)
        ]
        files = {row["sha256"]: MasterFile(row, folder / row["file_name"], row["sha256"], True) for row in there}
        self._reader = MasterReader(files, opener)

    def rows(self, case: Row) -> Iterator[dict[str, Any]]:
        """Yield the rows of one picture of one case: the posted side, then the approved photographs that it is like."""
        parts = preview_store.parts(self.db, case)
        look = self.looks.get(scan_key(case["sha256"], is_ours=case["is_ours"]) or "")
        seen = look.picture.parts if look and len(look.picture.parts) == len(parts) else (None,) * len(parts)
        shown = [(row, part) for row, part in zip(parts, seen, strict=True) if row["verdict"] != "approved"]
        expires_on = _last_day(case)
        problem = self._posted(case, expires_on)
        size = None if problem else self._sizes[case["sha256"]]
        posted = {
            "side": "posted",
            "picture": None if problem else case["sha256"],
            "shows_people": _SHOWS_PEOPLE.get(case["people"] or ""),
            "problem": problem,
            "expires_on": expires_on,
            "registration": None,
        }
        for row, part in shown:
            boxes = boxes_of(row["new_area"], part.where if part else None, size) if size else ()
            yield {**_row(case, row["part"], row["photograph_id"], boxes), **posted}
        if not shown:
            yield {**_row(case, 0, None, ()), **posted}
        for row, part in shown or zip(parts, seen, strict=True):
            if row["photograph_id"] is not None:
                approved = self._approved(row["photograph_id"], part.master_id if part else None)
                approved["registration"] = self._registration(None if problem else case["sha256"], approved["picture"])
                yield {**_row(case, row["part"], row["photograph_id"], ()), **approved}
        if not problem and all(row["photograph_id"] is None for row in parts):
            for photograph_id in self._nearest(case):
                approved = self._approved(photograph_id, None) | {"registration": None, "expires_on": expires_on}
                yield {**_row(case, 0, photograph_id, ()), **approved}

    def _nearest(self, case: Row) -> list[str]:
        """Return the approved photographs whose hashes are nearest to a picture's that is like none of them."""
        if case["check_id"] != "unapproved_picture" or not case["is_ours"] or case["pdq"] is None:
            return []
        apart = {
            master["photograph_id"]: (int(master["pdq"], 16) ^ int(case["pdq"], 16)).bit_count()
            for master in self._there
            if master["pdq"] and self._stands(master["photograph_id"], case["platform"])
        }
        return sorted(apart, key=lambda found: (apart[found], found))[:NEAREST]

    def _stands(self, photograph_id: str, channel: str) -> bool:
        rows = (row for row in self._register if row["photograph_id"] == photograph_id)
        return all(obstacle(Approval.of(row), channel, self.today, self._pupils) is None for row in rows)

    def _posted(self, case: Row, expires_on: date | None) -> str | None:
        """Have the small copy of a posted picture at hand; return why there is none, or nothing."""
        sha256 = case["sha256"]
        if sha256 is None:
            return str(case["why"])
        if expires_on is not None and expires_on < self.today:
            return OVER
        if case["fetched_on"] is None and PLATFORMS[case["platform"]].keep_days is not None:
            return OVER  # nobody knows any more when it was fetched
        if sha256 in self._sizes:
            return None
        body = match_store.body(self.db, case["file_id"])
        return NOT_KEPT if body is None else self._keep(sha256, self.opener.open(body))

    def _approved(self, photograph_id: str, master: str | None) -> dict[str, Any]:
        """Return what is to be said of an approved photograph's file, and have its small copy at hand."""
        picture = self._master(photograph_id, master)
        problem = NO_MASTER if picture is None else None
        if picture is not None and picture not in self._sizes:
            pixels = self._reader.see(picture)
            problem = UnreadablePicture("truncated").why if pixels is None else self._keep(picture, _as_decoded(pixels))
        return {
            "side": "approved",
            "picture": None if problem else picture,
            "shows_people": None,
            "problem": problem,
            "expires_on": None,
        }

    def _registration(self, posted: str | None, approved: str | None) -> list[float] | None:
        """Return how an approved photograph lies in what was posted, worked out once; None where that is not known."""
        if posted is None or approved is None:
            return None
        if (posted, approved) not in self._registrations:
            found = registration_of(self._small(posted), self._small(approved))
            self._registrations[posted, approved] = list(found) if found else None
        return self._registrations[posted, approved]

    def _small(self, picture: str) -> bytes:
        return bytes(self.made[picture]["body"]) if picture in self.made else preview_store.small_body(self.db, picture)

    def _master(self, photograph_id: str, master: str | None) -> str | None:
        """Return the master that a part is like, or else the photograph's first; None where its file is not there."""
        there = [sha256 for sha256 in self._masters[photograph_id] if sha256 in self._reader.files]
        if master is not None and sha256_of_file(master) in there:
            return master
        stills = [sha256 for sha256 in there if not self._reader.files[sha256].is_video]
        return stills[0] if stills else None

    def _keep(self, picture: str, decoded: DecodedPicture | UnreadablePicture) -> str | None:
        if isinstance(decoded, UnreadablePicture):
            return decoded.why
        small = small_picture(decoded)
        self._sizes[picture] = (small.width, small.height)
        sizes = {"width": small.width, "height": small.height}
        self.made[picture] = {"picture": picture, "body": small.body, "media_type": MEDIA_TYPE, **sizes}
        return None


def _last_day(case: Row) -> date | None:
    """Return the last day on which a posted picture may be shown; None where its platform sets no time."""
    keep_days = PLATFORMS[case["platform"]].keep_days
    if keep_days is None or case["fetched_on"] is None:
        return None
    return case["fetched_on"] + timedelta(days=keep_days)  # type: ignore[no-any-return]


def _row(case: Row, part: int, photograph_id: str | None, boxes: tuple[Fractions, ...]) -> dict[str, Any]:
    return {
        "fingerprint": case["fingerprint"],
        "medium_id": case["medium_id"],
        "part": part,
        "photograph_id": photograph_id,
        "box": around(boxes),
        "boxes": list(boxes) or None,
    }


def _as_decoded(pixels: Pixels) -> DecodedPicture:
    height, width = pixels.shape[:2]
    return DecodedPicture(pixels, width, height)
