"""Describes what was found: a verdict for each master in a picture, and for a photograph that nobody approved."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engines.pictures.comparison.block_motion import share_of_moved_blocks
from engines.pictures.comparison.outside_frame import OutsideFrame, look_outside_frame
from engines.pictures.comparison.verification import PictureMatch
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster, MasterSearchResult
from engines.pictures.model import Box, PicturePart, Verdict
from engines.pictures.picture import DecodedPicture, scale_box, shared_area

SAME = 0.80  # agreement below which it is another frame of the scene
SAME_IN_ALL = 0.60  # the same, with what was drawn over it: 0.68 at least in harmless posts
SHIFTED = 0.04  # of the blocks that lie apart, above which it is too: 0.02 at most in the tune half's true posts
MOVED = 0.015  # of the ground, above which it is too: 2 of 1,206 harmless posts of the tune half and of films
SURE_AGREEMENT = 0.998  # agreement from which nobody asks
STRAIGHT = 2.0  # degrees that a picture may lean without a word
_LEAST_UNKNOWN = 0.10  # of the picture: less is no photograph of its own
_MOSTLY_OTHER = 0.5  # of what lies beyond an edge
_PHOTOGRAPH_BESIDE = "Beside what was approved it shows a photograph that was not."
_FACE_BESIDE = "Beside what was approved it shows a face that was not."
CROPPED = 0.96  # share of the master that is shown, below which it is a crop


def describe_parts(
    picture: DecodedPicture, result: MasterSearchResult, register: MasterIndex
) -> tuple[PicturePart, ...]:
    """Return the parts of a picture in which masters were found, or the one part in which none was."""
    if not result.masters:
        least_distance = int(result.distances.min()) if result.distances.size else None
        why = _no_master_sentence(register, result.quality)
        return (PicturePart("unapproved", distance=least_distance, quality=result.quality, why=why),)
    growth = picture.growth_from(result.posted)
    return tuple(_described_part(master, result, register, growth) for master in result.masters)


def one_part_a_master(parts: Sequence[PicturePart]) -> tuple[PicturePart, ...]:
    """Return one part for each master however often a picture shows it: what is altered anywhere is altered."""
    by_master: dict[str | None, list[PicturePart]] = {}
    for part in parts:
        by_master.setdefault(part.master_id, []).append(part)
    return tuple(_as_one(some) for some in by_master.values())


def _as_one(parts: Sequence[PicturePart]) -> PicturePart:
    worst = next((part for part in parts if part.verdict != "approved"), parts[0])
    areas = tuple(dict.fromkeys(box for part in parts for box in part.new_area))
    return replace(worst, new_area=areas, transform=tuple(dict.fromkeys(word for p in parts for word in p.transform)))


def unknown_parts(
    picture: DecodedPicture, result: MasterSearchResult, parts: Sequence[PicturePart]
) -> tuple[PicturePart, ...]:
    """Return a part for the photographs beside the approved ones that nobody approved."""
    if not result.unexplained or not all(part.verdict == "approved" for part in parts):
        return ()
    posted = result.posted
    large = [box for box in result.unexplained if box[2] * box[3] >= _LEAST_UNKNOWN * posted.shape[0] * posted.shape[1]]
    return parts_of_photographs([scale_box(box, picture.growth_from(posted)) for box in large])


def parts_of_photographs(photographs: Sequence[Box]) -> tuple[PicturePart, ...]:
    """Return a part for the photographs, in the file's own pixels, that lie beside all that was approved."""
    return _beside(PicturePart("unapproved", why=_PHOTOGRAPH_BESIDE), photographs)


def parts_of_faces(faces: Sequence[Box]) -> tuple[PicturePart, ...]:
    """Return a part for the faces, in the file's own pixels, that lie beside all that was approved."""
    return _beside(PicturePart("unapproved", why=_FACE_BESIDE), faces)


def _beside(part: PicturePart, boxes: Sequence[Box]) -> tuple[PicturePart, ...]:
    return (replace(part, transform=("collage",), new_area=tuple(boxes)),) if boxes else ()


def _no_master_sentence(register: MasterIndex, quality: int) -> str:
    if not len(register):
        return "There is no approved photograph to compare it with."
    if quality < 50:
        return f"No approved photograph is found in it, and it shows little (quality {quality} of 100)."
    return "No approved photograph is found in it."


def _described_part(
    found: FoundMaster, result: MasterSearchResult, register: MasterIndex, growth: float
) -> PicturePart:
    other_boxes = [other.match.box for other in result.masters if other is not found]
    master, match = register.masters[found.number], found.match
    size = (master.features.width, master.features.height)
    outside = OutsideFrame((), ())
    if not found.is_whole_frame:
        outside = look_outside_frame(result.posted, match.map, size, match.visible, match.box, match.drawn_boxes)
    outside = replace(outside, scene=tuple(box for box in outside.scene if not _is_filled_by(box, other_boxes)))
    inside = [match.pair.in_post(region.box) for region in match.new_regions]
    new_areas = tuple(scale_box(box, growth) for box in (*outside.scene, *inside))
    verdict, why = _part_verdict(match, outside, inside)
    return PicturePart(
        verdict,
        master_id=master.master_id,
        distance=int(result.distances[:, found.number].min()),
        inliers=match.inliers,
        agreement=round(match.agreement, 3),
        quality=result.quality,
        transform=_transform_words(found, outside, is_alone=not other_boxes),
        new_area=new_areas,
        where=scale_box(match.box, growth),
        why=why,
    )


def _is_filled_by(box: Box, others: Sequence[Box]) -> bool:
    """Say whether what lies beyond an edge is mostly another approved photograph, as in a collage."""
    return sum(shared_area(box, other) for other in others) > _MOSTLY_OTHER * box[2] * box[3]


def _part_verdict(match: PictureMatch, outside: OutsideFrame, inside: Sequence[Box]) -> tuple[Verdict, str]:
    if match.agreement < SAME or match.agreement_with_drawn < SAME_IN_ALL:
        return "altered", "It is another picture of the same scene: what it shows differs in many places."
    if outside.scene:
        return "altered", "It shows more of the scene than the approved photograph did, beyond its edge."
    if inside:
        return "altered", "It shows something that the approved photograph did not show."
    if sum(region.area for region in match.regions if region.is_moved) > MOVED:
        return "altered", "It is another picture of the same scene: something in it moved."
    is_sure = match.agreement >= SURE_AGREEMENT and match.visible_share >= CROPPED
    if not is_sure and share_of_moved_blocks(match.pair, match.unchanged_ground) > SHIFTED:
        return "altered", "It is another picture of the same scene: parts of it lie elsewhere."
    return "approved", "It is the approved photograph, and shows no more."


def _transform_words(found: FoundMaster, outside: OutsideFrame, *, is_alone: bool) -> tuple[str, ...]:
    match, words = found.match, list(found.turned)
    linear = match.map[:, :2]
    if not found.is_whole_frame:
        turned = float(np.degrees(np.arctan2(linear[1, 0], linear[0, 0] * (-1 if found.mirrored else 1))))
        words += ["flip"] * found.mirrored + ["rotate"] * (abs(turned) > STRAIGHT)
        words += ["crop"] * (match.master_share < CROPPED * match.visible_share)
    words += {"plain": ["letterbox"], "blur": ["blur-fill"]}.get(outside.kinds[0] if outside.kinds else "", [])
    words += ["collage"] * (not is_alone) + ["banner"] * (is_alone and match.visible_share < CROPPED)
    for region in match.regions:
        if region.is_drawn and not region.is_edge_strip:
            words.append("banner" if region.box[2] > 0.6 * match.pair.valid.shape[1] else "sticker")
        elif region.is_tone:
            words.append("filter")
    return tuple(dict.fromkeys(words))
