"""Which scenes are drawn for the invented school, which are approved masters, and for which channels and weeks.

Scenes 1 to 60, 73 and 74 are on the photographs register from the start; 61 to 72 are not, and 61 joins it in week 2.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from demo.school import pictures
from demo.school.story import DemoWeek

APPROVED = (*range(1, 61), 73, 74)
UNAPPROVED = range(61, 73)

APPROVED_LATE = 61  # posted before week 1, put on the register in week 2
EXPIRING, EXPIRES_ON = 29, date(2026, 11, 5)  # its approval ends between weeks 1 and 2
WITHDRAWN = 36  # the family takes its consent back between weeks 1 and 2
TAKEN_BACK = 73  # posted, and cropped for a thumbnail; the consent for the pupil in it is taken back before week 2
OF_A_LEAVER = 74  # rests on the consent for a pupil who leaves between weeks 3 and 4
MISNAMED = 29  # from week 5 on its file is called .jpeg, where the register says .jpg
POSITIONED = 7  # its master tells where it was taken, until a clean file replaces it in week 3
FOR_X_ONLY_AND_WIDE = 30  # ends up as the thumbnail of a video
WEBSITE_ONLY = range(31, 36)
UNAPPROVED_THUMBNAIL = 72
LOGO, TEAM = 31, 75  # what the official profiles show, and what one of them shows for a week
WIDE = frozenset({FOR_X_ONLY_AND_WIDE, *range(41, 61), UNAPPROVED_THUMBNAIL, TAKEN_BACK})
FOR_POSTS = (*range(1, 29), *range(37, 41))
FOR_THUMBNAILS = tuple(range(41, 61))


@dataclass(frozen=True, slots=True)
class SceneFiles:
    """One scene in every form it is needed in, as JPEG bytes; `thumbnails` go by YouTube's file names."""

    master: bytes
    posted: bytes
    thumbnails: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class ApprovedPhotograph:
    """One approved photograph as the register lists it."""

    photograph_id: str
    scene: int
    channels: str
    expires_on: date | None = None
    consent_withdrawn: bool = False


def size_of(scene: int) -> pictures.Size:
    """Return the width and height of this scene's master, in pixels."""
    return pictures.WIDE if scene in WIDE else pictures.PHOTOGRAPH


@cache
def scene_files(scene: int) -> SceneFiles:
    """Draw this scene once: its master, what X serves of it and, if it is wide, what YouTube does."""
    image = pictures.draw(scene, size_of(scene))
    thumbnails = pictures.as_thumbnails(image) if scene in WIDE else {}
    return SceneFiles(pictures.jpeg(image), pictures.as_posted(image), thumbnails)


@cache
def as_short(scene: int, upright: int) -> dict[str, bytes]:
    """Return the thumbnails of a Short: those of this wide scene, one size more, and another scene upright."""
    wide = pictures.as_thumbnail(pictures.draw(scene, size_of(scene)), pictures.FULL_HD)
    tall = pictures.as_thumbnail(pictures.draw(upright, pictures.UPRIGHT), pictures.SHORT)
    return scene_files(scene).thumbnails | wide | tall


@cache
def close_up(scene: int) -> dict[str, bytes]:
    """Return the thumbnails of the middle of this wide scene, three quarters of it a side, as somebody cropped it."""
    width, height = size_of(scene)
    middle = (width // 8, height // 8, width * 7 // 8, height * 7 // 8)
    return pictures.as_thumbnails(pictures.draw(scene, (width, height)).crop(middle).resize((width, height)))


def as_portrait(scene: int) -> bytes:
    """Return the middle of a scene as the square that a platform serves as a profile's picture."""
    width, height = size_of(scene)
    left, top = (width - min(width, height)) // 2, (height - min(width, height)) // 2
    square = pictures.draw(scene, (width, height)).crop((left, top, width - left, height - top))
    return pictures.jpeg(square.resize((400, 400)))


def approved_photographs(week: DemoWeek) -> tuple[ApprovedPhotograph, ...]:
    """Return the photographs that stand on the register in this week, expired ones too."""
    scenes = [*APPROVED, *([APPROVED_LATE] if week.number >= 2 else [])]
    return tuple(
        ApprovedPhotograph(
            f"ph-{n:03}", n, _channels(n), EXPIRES_ON if n == EXPIRING else None, n == WITHDRAWN and week.number >= 2
        )
        for n in scenes
    )  # fmt: skip


def file_of(master: ApprovedPhotograph, week: DemoWeek) -> bytes:
    """Return the file of an approved photograph as the school keeps it in this week."""
    body = scene_files(master.scene).master
    return pictures.with_position(body) if master.scene == POSITIONED and week.number < 3 else body


def _channels(scene: int) -> str:
    if scene in WEBSITE_ONLY:
        return "website"
    if scene in range(37, 41) or scene in {59, 60, TAKEN_BACK}:
        return "x;youtube;website"
    if scene in FOR_THUMBNAILS:
        return "youtube"
    return "x;website" if scene % 3 == 0 else "x"
