"""A school with masters on disk and pictures posted, in a warehouse in memory, for tests of what a run knows."""

import atexit
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import cv2
import duckdb
import numpy as np

from connectors.records import Comment, ListingEnd, Medium, MediumFile, Person, Photograph, Post, Profile, Proof
from engines.pictures.decoding import Opener
from engines.pictures.picture import Pixels
from flows.home.context import Context
from flows.home.settings import from_environment
from flows.pictures.logo import look_for_logo
from flows.pictures.verdicts import scan_pictures, settled
from policies.model import load_pack
from policies.school import School
from tests.warehouse.conftest import copy_into
from warehouse.runs import match_store
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin, end
from warehouse.store.load import load
from warehouse.store.open import engine
from warehouse.store.places import Places

SCHOOL = "ousterly-vale"
ACCOUNTS = {"x": "100", "youtube": "UC1"}


def jpeg(pixels: Pixels, quality: int = 80) -> bytes:
    """Return the pixels as JPEG bytes."""
    _, body = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return bytes(np.asarray(body).tobytes())


@cache
def opener() -> Opener:
    """Return what opens pictures for all galleries of this process."""
    made = Opener()
    atexit.register(made.close)
    return made


@dataclass(slots=True)
class Gallery:
    """What the school approves and posts; `week` takes it to the next run and returns what is said of each picture."""

    home: Path
    approved: list[Photograph] = field(default_factory=list)
    pupils: list[Person] = field(default_factory=list)
    posted: dict[str, tuple[str, bytes | None]] = field(default_factory=dict)
    logo: str | None = None
    shown: dict[str, tuple[str | None, bytes | None]] = field(default_factory=dict)
    strangers: list[Profile] = field(default_factory=list)
    attached: dict[str, bytes] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    db: duckdb.DuckDBPyConnection = field(default_factory=engine)

    def __post_init__(self) -> None:
        """Make an empty warehouse and an empty folder of masters."""
        [(name,)] = self.db.execute("select current_database()").fetchall()
        copy_into(self.db, name)
        self._places.photographs.mkdir(parents=True)

    def approve(self, photograph_id: str, body: bytes, suffix: str = ".jpg", **more: str) -> None:
        """Put a file onto the photographs register."""
        name = f"{photograph_id}{suffix}"
        (self._places.photographs / name).write_bytes(body)
        row = {"video_id": None, "channels": "x;youtube", "basis": "consent", "consent": "given", **more}
        self.approved.append(Photograph(photograph_id=photograph_id, file_name=name, **row))

    def post(self, medium_id: str, body: bytes | None, platform: str = "x") -> None:
        """Put a picture onto a post of its own; without bytes it cannot be fetched."""
        self.posted[medium_id] = (platform, body)

    def show(self, platform: str, address: str | None, body: bytes | None) -> None:
        """Let the official account's profile show a picture; without bytes it cannot be fetched."""
        self.shown[platform] = address, body

    def take_down(self, medium_id: str) -> None:
        """Take the post of a picture down; its platform says so when it is asked."""
        self.removed[medium_id], _ = self.posted.pop(medium_id)

    def attach(self, comment_id: str, body: bytes) -> None:
        """Let somebody attach a picture to a comment under the channel's videos."""
        self.attached[comment_id] = body

    def week(self, day: str) -> dict[str, str]:
        """Run what lies between pulling and judging; return the verdict on each picture by its medium's id."""
        context = self._begin(day)
        self._load(context.run_id)
        scan_pictures(context, self.db, match_store.pictures(self.db, context.run_id), opener())
        look_for_logo(context, self.db, opener())
        rows = self.db.sql("select medium_id, verdict from core.picture_verdicts").fetchall()
        return {str(medium): str(verdict) for medium, verdict in rows}

    def parts(self, medium_id: str) -> list[tuple[str, str | None]]:
        """Return the verdict and the photograph of each part of a picture, in the newest run."""
        sql = "select verdict, photograph_id from core.picture_parts where medium_id = ? order by part"
        return self.db.execute(sql, [medium_id]).fetchall()

    def settled(self, day: str) -> frozenset[str]:
        """Return the hashes of the pictures that need no second look on this day."""
        return settled(self.context(day), self.db)

    @property
    def _places(self) -> Places:
        return Places(self.home, SCHOOL)

    def context(self, day: str) -> Context:
        identity = {"id": SCHOOL, "name": "Ousterly Vale School", "pack": "corbets-tey-2022"}
        return Context(
            settings=from_environment({"AUDIT_HOME": str(self.home)}),
            places=self._places,
            school=School.model_validate({"school": identity, "pictures": {"logo": self.logo}}),
            pack=load_pack("corbets-tey-2022"),
            as_of=date.fromisoformat(day),
            key="",
        )

    def _begin(self, day: str) -> Context:
        context, at = self.context(day), datetime(2026, 11, 2, 6, tzinfo=UTC)
        for (before,) in self.db.execute("select run_id from raw.runs where as_of < ?", [day]).fetchall():
            end(self.db, before, is_complete=True, at=at)
        begin(
            self.db,
            as_of=context.as_of,
            school=SchoolRow(school_id=SCHOOL, school_name="Ousterly Vale School"),
            policy=PolicyRow(pack="corbets-tey-2022", title="Social Networking Policy", edition="1"),
            accounts=[AccountRow(platform, ident, "OusterlyVale", "owned") for platform, ident in ACCOUNTS.items()],
            at=at,
        )
        return context

    def _load(self, run_id: str) -> None:
        load(self.db, run_id=run_id, source="registers", records=[*self.approved, *self.pupils])
        for platform, account_id in ACCOUNTS.items():
            mine = {medium: body for medium, (where, body) in self.posted.items() if where == platform}
            shown = [one for medium in mine for one in self._post(platform, account_id, medium)]
            listing_end = ListingEnd(
                platform=platform,
                account_id=account_id,
                listing="posts",
                rows=len(mine),
                platform_count=None,
                is_whole=True,
                stopped="end",
            )
            gone = [
                Proof(platform=platform, account_id=account_id, kind="post", subject_id=f"p-{medium}", answer="gone")
                for medium, where in self.removed.items()
                if where == platform
            ]
            faces = [one for one in (*self._profiles(), *self.strangers) if one.platform == platform]
            load(self.db, run_id=run_id, source=platform, records=[*shown, *gone, *faces, listing_end])
        files = [_file(platform, medium, body) for medium, (platform, body) in self.posted.items() if body]
        files += [
            _file(platform, f"profile:{ACCOUNTS[platform]}", body) for platform, (_, body) in self.shown.items() if body
        ]
        files += [_file("youtube", f"{comment}/picture", body) for comment, body in self.attached.items()]
        load(self.db, run_id=run_id, source="comments", records=[_comment(one) for one in self.attached])
        load(self.db, run_id=run_id, source="media", records=files)

    def _profiles(self) -> list[Profile]:
        shown = ((platform, address) for platform, (address, _) in self.shown.items() if address)
        return [
            Profile(platform=name, account_id=ACCOUNTS[name], handle="h", display_name="School", picture_url=address)
            for name, address in shown
        ]

    @staticmethod
    def _post(platform: str, account_id: str, medium_id: str) -> tuple[Post, Medium]:
        post = Post(
            platform=platform,
            account_id=account_id,
            post_id=f"p-{medium_id}",
            first_version_id=f"p-{medium_id}",
            kind="post" if platform == "x" else "video",
            posted_at=datetime(2026, 10, 1, tzinfo=UTC),
            text="Sports day",
            visibility="public",
        )
        medium = Medium(
            platform=platform,
            account_id=account_id,
            post_id=post.post_id,
            medium_id=medium_id,
            kind="photo" if platform == "x" else "thumbnail",
            url=f"https://pbs.twimg.com/media/{medium_id}.jpg",
        )
        return post, medium


def _comment(comment_id: str) -> Comment:
    return Comment(
        platform="youtube",
        account_id=ACCOUNTS["youtube"],
        comment_id=comment_id,
        post_id=None,
        parent_id=None,
        actor_id="UC9",
        kind="comment",
        posted_at=None,
        text="",
        picture_url=f"https://yt3.googleusercontent.com/{comment_id}",
    )


def _file(platform: str, medium_id: str, body: bytes) -> MediumFile:
    return MediumFile(
        platform=platform,
        medium_id=medium_id,
        url="u",
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        content_type="image/jpeg",
        width=None,
        height=None,
    )
