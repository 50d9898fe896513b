"""The second judge's eye for pictures: a plain PDQ hash beside every master, in the forms that the story gives it."""

import io
from functools import cache

import numpy as np
from PIL import Image

from demo.model import World
from demo.school import album, register_files
from demo.school.story import DemoWeek
from engines.pictures.features.pdq import Bits, pdq_hashes
from tests.demo.rules import OFFICIAL, Evidence, Key


def judge(world: World, week: DemoWeek) -> dict[Key, Evidence]:
    """Return the pictures and videos that stand in this week without an approval."""
    found: dict[Key, Evidence] = {}
    for account, account_id in OFFICIAL.items():
        for post in world.x.posts.values():
            for key in post.media_keys if post.author_id == account_id else ():
                nearest = _nearest(world.pictures[world.x.media[key].url], "x", week)
                ended = _nearest(world.pictures[world.x.media[key].url], "x", week, ended=True)
                if nearest[0] > 31 >= ended[0]:
                    found["withdrawn_picture", "x", account, key] = ended
                elif nearest[0] > 31:
                    found["unapproved_picture", "x", account, key] = nearest
    return found | _on_youtube(world, week)


def _on_youtube(world: World, week: DemoWeek) -> dict[Key, Evidence]:
    """Judge the videos, their thumbnails, and the pictures in comments."""
    shown = [video for video in world.youtube.videos if video.privacy != "private"]
    place, registered = ("youtube", "@OusterlyValeSchool"), set(register_files.registered_videos(week))
    found: dict[Key, Evidence] = {("unapproved_picture", *place, v.id): () for v in shown if v.id not in registered}
    pictures = {f"{video.id}/thumbnail": video.thumbnails[-1][1] for video in shown}
    pictures |= {f"{v.id}/shorts": url for v in shown for key, url, *_ in v.thumbnails if key == "shortsAspectRatio"}
    pictures |= {f"{c.id}/picture": c.image_url.partition("?")[0] for c in world.youtube.comments if c.image_url}
    for medium_id, url in pictures.items():
        nearest = _nearest(world.pictures[url], "youtube", week)
        ended = _nearest(world.pictures[url], "youtube", week, ended=True)
        if nearest[0] > 31 >= ended[0]:
            found["withdrawn_picture", *place, medium_id] = ended
        elif nearest[0] > 31:
            found["unapproved_picture", *place, medium_id] = nearest
    return found


def _nearest(picture: bytes, channel: str, week: DemoWeek, *, ended: bool = False) -> tuple[int, str]:
    """Return the distance to, and the id of, the nearest master for this channel that is in force, or that ended."""
    mine = pdq(picture)[0]
    asked = [
        m for m in album.approved_photographs(week) if channel in m.channels.split(";") and _has_ended(m, week) == ended
    ]
    farthest = (256, "")
    found = (
        (int(np.bitwise_count(pdq(body)[0] ^ mine).sum()), m.photograph_id) for m in asked for body in _forms(m.scene)
    )
    return min(found, default=farthest)


def _forms(scene: int) -> list[bytes]:
    """Return a master as it is, and as the story crops it."""
    cropped = [album.close_up(scene)["maxresdefault"]] if scene == album.TAKEN_BACK else []
    return [album.scene_files(scene).master, *cropped]


def _has_ended(master: album.ApprovedPhotograph, week: DemoWeek) -> bool:
    by_pupil = {album.TAKEN_BACK: 2, album.OF_A_LEAVER: 4}  # from which week a pupil's consent, or the pupil, is gone
    is_over = week.number >= by_pupil.get(master.scene, 99)
    return is_over or master.consent_withdrawn or (master.expires_on is not None and master.expires_on < week.as_of)


@cache
def pdq(picture: bytes) -> tuple[Bits, int]:
    """Return the PDQ hash, 256 bits in four words, and the quality of a picture's bytes."""
    image = Image.open(io.BytesIO(picture))
    image.draft("RGB", (256, 256))  # decoded at half its size: the hash looks at 64 by 64 anyway
    bits, quality = pdq_hashes(np.asarray(image.convert("RGB")))
    return bits[0], quality
