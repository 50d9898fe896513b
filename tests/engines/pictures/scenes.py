"""Scenes drawn by program that are as rich in detail as photographs, and what is done to them before posting."""

from functools import lru_cache

import cv2
import numpy as np

from engines.pictures.closeness.close_look import FindFaces
from engines.pictures.features.descriptors import master_features
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from engines.pictures.picture import DecodedPicture, Pixels
from engines.pictures.recognition import recognise

WIDE, HIGH = 800, 600


@lru_cache(maxsize=64)
def scene(seed: int, width: int = WIDE, height: int = HIGH) -> Pixels:
    """Draw a scene, once: coloured ground with grain of every size, and many lit shapes."""
    chance = np.random.default_rng(seed)
    ground = np.zeros((height, width, 3), np.float32)
    for size in (6, 12, 30, 80, 200):
        grain = chance.normal(size=(size * height // width + 2, size, 3)).astype(np.float32)
        ground += cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC) * (30 - 4 * np.log2(size))
    ground += chance.uniform(70, 180, 3).astype(np.float32)
    for _ in range(70):
        middle = (int(chance.integers(width)), int(chance.integers(height)))
        axes = (int(chance.integers(8, 70)), int(chance.integers(8, 50)))
        colour = tuple(float(value) for value in chance.uniform(10, 245, 3))
        cv2.ellipse(ground, middle, axes, float(chance.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        corner = (middle[0] + axes[0], middle[1] + int(axes[1] * 0.6))
        cv2.rectangle(ground, middle, corner, colour[::-1], -1)
    ground += chance.normal(0, 3, ground.shape).astype(np.float32)
    drawn = np.clip(ground, 0, 255).astype(np.uint8)
    drawn.flags.writeable = False
    return drawn


def picture(pixels: Pixels, quality: int = 75) -> DecodedPicture:
    """Return the pixels as they come back when they have been saved as a JPEG."""
    _, body = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    shown = np.asarray(cv2.cvtColor(cv2.imdecode(body, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8)
    return DecodedPicture(shown, pixels.shape[1], pixels.shape[0], finer=lambda _: shown)


def register(masters: dict[str, Pixels]) -> MasterIndex:
    """Return a register of these masters, as it comes out of the bytes in which features are kept."""
    kept = [(name, _features(pixels.tobytes(), pixels.shape)) for name, pixels in masters.items()]
    return MasterIndex.from_features(kept, lambda name: masters[name])


def recognised_parts(
    posted: DecodedPicture, register: MasterIndex, find_faces: FindFaces | None = None
) -> tuple[PicturePart, ...]:
    return recognise(posted, register, find_faces).parts


@lru_cache(maxsize=64)
def _features(body: bytes, shape: tuple[int, ...]) -> bytes:
    """Return the features of a master with these pixels, worked out once however many registers hold it."""
    pixels = np.frombuffer(body, np.uint8).reshape(shape)
    return master_features(picture(pixels, 92)).to_bytes()


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def leaning(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.12)
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height)), np.uint8)


def aside(pixels: Pixels) -> Pixels:
    """Shift what is near, in the lower middle, by a hundredth of the width against what is far."""
    height, width = pixels.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    near = np.exp(-((((across - width / 2) / 220) ** 2 + ((down - height * 0.7) / 170) ** 2) ** 2))
    return np.asarray(cv2.remap(pixels, across + 8 * near, down, cv2.INTER_LINEAR), np.uint8)


def pushed(pixels: Pixels) -> Pixels:
    """Push what stands in a soft oval aside; what is beside it is drawn along."""
    height, width = pixels.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    oval = np.exp(-((((across - 250) / 70) ** 2 + ((down - 300) / 100) ** 2) ** 2))
    return np.asarray(cv2.remap(pixels, across + 10 * oval, down - 4 * oval, cv2.INTER_LINEAR), np.uint8)


def photographed(pixels: Pixels, by: float = 0.06, room: int = 60) -> Pixels:
    """Return the pixels as a print that lies on a table, seen aslant: each corner moves by up to so much of a side."""
    high, wide = pixels.shape[:2]
    to = np.float32([[by * wide, 0], [wide, by * high], [wide * (1 - by / 2), high], [0, high * (1 - by)]]) + room
    way = cv2.getPerspectiveTransform(np.float32([[0, 0], [wide, 0], [wide, high], [0, high]]), to)
    table = np.full((high + 2 * room, wide + 2 * room, 3), (176, 140, 96), np.uint8)
    size = (table.shape[1], table.shape[0])
    cv2.warpPerspective(pixels, way, size, dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(0.85, 1.1, size[0], dtype=np.float32)[None, :, None]
    return np.clip(cv2.GaussianBlur(table, (0, 0), 0.8) * light, 0, 255).astype(np.uint8)


def letterboxed(pixels: Pixels, width: int = 480, height: int = 360) -> Pixels:
    page = np.zeros((height, width, 3), np.uint8)
    high = min(round(width * pixels.shape[0] / pixels.shape[1]), height)
    wide = round(high * pixels.shape[1] / pixels.shape[0])
    left, top = (width - wide) // 2, (height - high) // 2
    page[top : top + high, left : left + wide] = resized(pixels, wide, high)
    return page


def filled(pixels: Pixels, width: int = 1280, height: int = 720) -> Pixels:
    page = np.asarray(cv2.GaussianBlur(resized(pixels, width, height), (0, 0), 25), np.uint8)
    wide = round(height * pixels.shape[1] / pixels.shape[0])
    page[:, (width - wide) // 2 : (width - wide) // 2 + wide] = resized(pixels, wide, height)
    return page


def bannered(pixels: Pixels) -> Pixels:
    made = pixels.copy()
    made[-90:] = (20, 40, 110)
    cv2.putText(made, "Sports day is on Friday", (30, made.shape[0] - 30), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (255,) * 3, 3)
    return made


def headed(pixels: Pixels) -> Pixels:
    """Put the pixels under a deep head with a crest, bunting and words."""
    made = np.full_like(pixels, (20, 40, 110))
    cv2.circle(made, (90, 120), 60, (255,) * 3, -1, cv2.LINE_AA)
    cv2.circle(made, (90, 120), 36, (190, 40, 50), -1, cv2.LINE_AA)
    for left in range(0, made.shape[1], 50):
        flag = np.array([[left, 0], [left + 50, 0], [left + 25, 45]], np.int32)
        cv2.fillPoly(made, [flag], (230, 210, 120), cv2.LINE_AA)
    for number, words in enumerate(("St John Primary School", "Open morning", "Tuesdays from nine")):
        cv2.putText(made, words, (180, 90 + 50 * number), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (255,) * 3, 3, cv2.LINE_AA)
    made[220:] = pixels[220:]
    return made


def footed(pixels: Pixels) -> Pixels:
    """Put the same head under the pixels."""
    made = headed(pixels)
    return np.vstack([made[220:], made[:220]])


def stickered(pixels: Pixels) -> Pixels:
    made = pixels.copy()
    cv2.circle(made, (260, 220), 60, (250, 210, 40), -1, cv2.LINE_AA)
    cv2.circle(made, (240, 205), 9, (20, 20, 20), -1, cv2.LINE_AA)
    cv2.circle(made, (280, 205), 9, (20, 20, 20), -1, cv2.LINE_AA)
    cv2.ellipse(made, (260, 225), (32, 26), 0, 20, 160, (20, 20, 20), 5, cv2.LINE_AA)
    return made


def filtered(pixels: Pixels) -> Pixels:
    return np.clip((pixels.astype(np.float32) - 128) * 1.12 + 136, 0, 255).astype(np.uint8)


def collage(four: list[Pixels], gap: int = 10) -> Pixels:
    page = np.full((900, 1200, 3), 255, np.uint8)
    wide, high = (1200 - gap) // 2, (900 - gap) // 2
    for place, pixels in enumerate(four):
        left, top = (place % 2) * (wide + gap), (place // 2) * (high + gap)
        page[top : top + high, left : left + wide] = resized(pixels, wide, high)
    return page


def hidden(pixels: Pixels, box: tuple[int, int, int, int], how: str) -> Pixels:
    """Return the pixels with a box blurred, in large squares, or painted over."""
    made, (x, y, width, height) = pixels.copy(), box
    part = made[y : y + height, x : x + width]
    if how == "blur":
        part[:] = cv2.GaussianBlur(part, (0, 0), width / 6)
    elif how == "mosaic":
        part[:] = cv2.resize(resized(part, 6, 6), (width, height), interpolation=cv2.INTER_NEAREST)
    else:
        part[:] = (30, 30, 30)
    return made
