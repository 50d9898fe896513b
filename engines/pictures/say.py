"""Puts what was found into words: a verdict for each master in a picture, and one for a rest that nobody approved."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engines.pictures.finding import Found
from engines.pictures.outside import Beyond, beyond
from engines.pictures.picture import Box, Part, Picture, Pixels, Verdict, scaled
from engines.pictures.register import Register
from engines.pictures.shifting import shifted
from engines.pictures.verify import Match, to_post

SAME = 0.80  # agreement below which it is another frame of the scene
SAME_IN_ALL = 0.60  # the same, with what was drawn over it: 0.68 at least in harmless posts
SHIFTED = 0.04  # of the blocks that lie apart, above which it is too: 0.02 at most in the tune half's true posts
MOVED = 0.015  # of the ground, above which it is too: 2 of 1,206 harmless posts of the tune half and of films
WHOLLY = 0.998  # agreement from which nobody asks
STRAIGHT = 2.0  # degrees that a picture may lean without a word
_REST = 0.10  # of the picture: less is no photograph of its own
_MOSTLY_OTHER = 0.5  # of what lies beyond an edge
CROPPED = 0.96  # share of the master that is shown, below which it is a crop


def parts_of(
    picture: Picture, posted: Pixels, found: Sequence[Found], register: Register, distances: np.ndarray, quality: int
) -> tuple[Part, ...]:
    """Return the parts of a picture in which these masters were found."""
    if not found:
        least = int(distances.min()) if distances.size else None
        return (Part("unapproved", distance=least, quality=quality, why=_nothing(register, quality)),)
    growth = max(picture.width, picture.height) / max(posted.shape[:2])
    parts = [
        _part(
            one, posted, register, distances, quality, growth, [other.match.box for other in found if other is not one]
        )
        for one in found
    ]
    return tuple(parts)


def unknown_parts(picture: Picture, posted: Pixels, said: Sequence[Part], rest: Sequence[Box]) -> tuple[Part, ...]:
    """Return a part for the photographs beside the approved ones that nobody approved."""
    if not rest or not all(part.verdict == "approved" for part in said):
        return ()
    large = [box for box in rest if box[2] * box[3] >= _REST * posted.shape[0] * posted.shape[1]]
    growth = max(picture.width, picture.height) / max(posted.shape[:2])
    boxes = tuple(scaled(box, growth) for box in large)
    why = "Beside what was approved it shows a photograph that was not."
    words = ("collage",)
    return (Part("unapproved", quality=said[0].quality, transform=words, new_area=boxes, why=why),) if boxes else ()


def _nothing(register: Register, quality: int) -> str:
    if not len(register):
        return "There is no approved photograph to compare it with."
    if quality < 50:
        return f"No approved photograph is found in it, and it shows little (quality {quality} of 100)."
    return "No approved photograph is found in it."


def _part(
    one: Found,
    posted: Pixels,
    register: Register,
    distances: np.ndarray,
    quality: int,
    growth: float,
    others: Sequence[Box],
) -> Part:
    master, match = register.masters[one.number], one.match
    size = (master.features.width, master.features.height)
    around = Beyond((), ()) if one.whole_frame else beyond(posted, match.map, size, match.shown)
    around = replace(around, scene=tuple(box for box in around.scene if not _filled(box, others)))
    inside = [to_post(region.box, match.laid) for region in match.new_regions]
    new = tuple(scaled(box, growth) for box in (*around.scene, *inside))
    verdict, why = _judged(match, around, inside)
    return Part(
        verdict,
        master_id=master.master_id,
        distance=int(distances[:, one.number].min()),
        inliers=match.inliers,
        agreement=round(match.agreement, 3),
        quality=quality,
        transform=_transform(one, around, alone=not others),
        new_area=new,
        where=scaled(match.box, growth),
        why=why,
    )


def _filled(box: Box, others: Sequence[Box]) -> bool:
    """Say whether what lies beyond an edge is mostly another approved photograph, as in a collage."""
    x, y, width, height = box
    shared = sum(
        max(min(x + width, left + wide) - max(x, left), 0) * max(min(y + height, top + high) - max(y, top), 0)
        for left, top, wide, high in others
    )
    return shared > _MOSTLY_OTHER * width * height


def _judged(match: Match, around: Beyond, inside: Sequence[Box]) -> tuple[Verdict, str]:
    if match.agreement < SAME or match.whole < SAME_IN_ALL:
        return "altered", "It is another picture of the same scene: what it shows differs in many places."
    if around.scene:
        return "altered", "It shows more of the scene than the approved photograph did, beyond its edge."
    if inside:
        return "altered", "It shows something that the approved photograph did not show."
    if sum(region.area for region in match.regions if region.is_moved) > MOVED:
        return "altered", "It is another picture of the same scene: something in it moved."
    if (match.agreement < WHOLLY or match.cut < CROPPED) and shifted(match.laid, match.clean) > SHIFTED:
        return "altered", "It is another picture of the same scene: parts of it lie elsewhere."
    return "approved", "It is the approved photograph, and shows no more."


def _transform(one: Found, around: Beyond, *, alone: bool) -> tuple[str, ...]:
    """Return the words for what was done to the photograph."""
    match, words = one.match, list(one.turned)
    linear = match.map[:, :2]
    if not one.whole_frame:
        turned = float(np.degrees(np.arctan2(linear[1, 0], linear[0, 0] * (-1 if one.mirrored else 1))))
        words += ["flip"] * one.mirrored + ["rotate"] * (abs(turned) > STRAIGHT)
        words += ["crop"] * (match.covers < CROPPED * match.cut)
    words += {"plain": ["letterbox"], "blur": ["blur-fill"]}.get(around.kinds[0] if around.kinds else "", [])
    words += ["collage"] * (not alone) + ["banner"] * (alone and match.cut < CROPPED)
    for region in match.regions:
        if region.is_drawn and not region.thin:
            words.append("banner" if region.box[2] > 0.6 * match.laid.valid.shape[1] else "sticker")
        elif region.is_tone:
            words.append("filter")
    return tuple(dict.fromkeys(words))
