"""What happens to a photograph on its way to a post, drawn anew by program: each way with chances of its own."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from engines.pictures.picture import Pixels, resize_in_steps

Way = Callable[[Pixels, Generator], Pixels]
_NAVY, _WHITE, _YELLOW = (20, 40, 110), (255, 255, 255), (250, 210, 40)
_WORDS = ("Sports day", "Open week 2026", "Friday club", "Well done all", "Winners of the fair", "Trip to the sea")


def saved(pixels: Pixels, quality: int) -> bytes:
    """Return the pixels as the bytes of a JPEG."""
    shown = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def cropped(pixels: Pixels, across: float, down: float, chance: Generator) -> Pixels:
    """Cut these shares of the width and the height off, some on each side."""
    high, wide = pixels.shape[:2]
    width, height = max(round(wide * (1 - across)), 16), max(round(high * (1 - down)), 16)
    left, top = int(chance.integers(wide - width + 1)), int(chance.integers(high - height + 1))
    return pixels[top : top + height, left : left + width]


def shaped(pixels: Pixels, ratio: float) -> Pixels:
    """Cut the middle out in this shape."""
    high, wide = pixels.shape[:2]
    width, height = min(wide, round(high * ratio)), min(high, round(wide / ratio))
    left, top = (wide - width) // 2, (high - height) // 2
    return pixels[top : top + height, left : left + width]


def fitted(pixels: Pixels, page: Pixels) -> Pixels:
    """Put a picture in the middle of a page, as large as it goes."""
    high, wide = page.shape[:2]
    scale = min(wide / pixels.shape[1], high / pixels.shape[0])
    width, height = min(round(pixels.shape[1] * scale), wide), min(round(pixels.shape[0] * scale), high)
    left, top = (wide - width) // 2, (high - height) // 2
    page[top : top + height, left : left + width] = resize_in_steps(pixels, (width, height))
    return page


def filtered(pixels: Pixels, chance: Generator) -> Pixels:
    """Change brightness, contrast and colour a little."""
    bright, contrast, colour = chance.uniform(0.93, 1.12), chance.uniform(0.88, 1.2), chance.uniform(0.7, 1.35)
    made = pixels.astype(np.float32) * bright
    made = (made - made.mean()) * contrast + made.mean()
    grey = made.mean(axis=2, keepdims=True)
    return np.clip(grey + (made - grey) * colour, 0, 255).astype(np.uint8)


def bannered(pixels: Pixels, chance: Generator) -> Pixels:
    """Lay a strip with words over the top or the bottom."""
    made = pixels.copy()
    high, wide = made.shape[:2]
    deep = round(high * chance.uniform(0.1, 0.2))
    ground, ink = ((_NAVY, _WHITE), ((15, 15, 15), _WHITE), (_WHITE, _NAVY))[int(chance.integers(3))]
    strip = made[:deep] if chance.random() < 0.35 else made[-deep:]
    strip[:] = ground
    words = _WORDS[int(chance.integers(len(_WORDS)))]
    cv2.putText(strip, words, (wide // 30, round(deep * 0.7)), cv2.FONT_HERSHEY_SIMPLEX, deep / 55, ink, 2, cv2.LINE_AA)
    return made


def marked(pixels: Pixels, chance: Generator) -> Pixels:
    """Lay a crest over one corner, and faint words over the middle."""
    made = pixels.copy()
    high, wide = made.shape[:2]
    radius = round(min(high, wide) * chance.uniform(0.06, 0.1))
    place = (radius + 9, radius + 9, wide - radius - 9, high - radius - 9)
    middle = (place[2 * int(chance.integers(2))], place[1 + 2 * int(chance.integers(2))])
    cv2.circle(made, middle, radius, _WHITE, -1, cv2.LINE_AA)
    cv2.circle(made, middle, round(radius * 0.85), _NAVY, max(radius // 8, 2), cv2.LINE_AA)
    cv2.putText(made, "SJ", (middle[0] - radius // 2, middle[1] + radius // 4), 0, radius / 34, _NAVY, 2, cv2.LINE_AA)
    words = made.copy()
    place = (round(wide * 0.2), high // 2)
    cv2.putText(words, "St John Primary", place, cv2.FONT_HERSHEY_SIMPLEX, wide / 500, _WHITE, 2, cv2.LINE_AA)
    share = chance.uniform(0.15, 0.4)
    return np.asarray(cv2.addWeighted(words, share, made, 1 - share, 0), np.uint8)


def stickered(pixels: Pixels, chance: Generator) -> Pixels:
    """Lay one to three smiling faces over the picture."""
    made = pixels.copy()
    high, wide = made.shape[:2]
    for _ in range(int(chance.integers(1, 4))):
        radius = round(min(high, wide) * chance.uniform(0.06, 0.1))
        smiled(made, int(chance.integers(radius, wide - radius)), int(chance.integers(radius, high - radius)), radius)
    return made


def smiled(made: Pixels, x: int, y: int, radius: int) -> None:
    """Draw one smiling face upon the pixels."""
    ink = (20, 20, 20)
    cv2.circle(made, (x, y), radius, _YELLOW, -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.circle(made, (x + side * radius // 3, y - radius // 4), max(radius // 8, 1), ink, -1, cv2.LINE_AA)
    cv2.ellipse(made, (x, y + radius // 8), (radius // 2, radius // 2), 0, 20, 160, ink, max(radius // 10, 1))


def leaning(pixels: Pixels, chance: Generator) -> Pixels:
    """Turn a picture by one to five degrees, and cut the empty corners off."""
    high, wide = pixels.shape[:2]
    degrees = float(chance.uniform(1, 5)) * (1 if chance.random() < 0.5 else -1)
    angle = np.radians(abs(degrees))
    growth = float(np.cos(angle) + np.sin(angle) * max(wide / high, high / wide))
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, growth)
    return np.asarray(cv2.warpAffine(pixels, turn, (wide, high), flags=cv2.INTER_CUBIC), np.uint8)


def screenshot(pixels: Pixels, chance: Generator) -> Pixels:
    """Show a picture on a page with a name, words and signs around it."""
    dark, wide = chance.random() < 0.4, int(chance.choice([1080, 1280]))
    width = round(wide * chance.uniform(0.58, 0.82))
    height = round(width * pixels.shape[0] / pixels.shape[1])
    page = np.full((height + int(chance.integers(420, 900)), wide, 3), (22, 32, 42) if dark else 255, np.uint8)
    ink = (230, 230, 230) if dark else (20, 20, 20)
    left = (wide - width) // 2
    cv2.circle(page, (left + 40, 150), 36, (29, 161, 242), -1, cv2.LINE_AA)
    cv2.putText(page, "St John Primary", (left + 90, 145), cv2.FONT_HERSHEY_SIMPLEX, 0.9, ink, 2, cv2.LINE_AA)
    words = _WORDS[int(chance.integers(len(_WORDS)))]
    cv2.putText(page, words, (left, 235), cv2.FONT_HERSHEY_SIMPLEX, 1.0, ink, 2, cv2.LINE_AA)
    page[270 : 270 + height, left : left + width] = resize_in_steps(pixels, (width, height))
    for place in range(4):
        cv2.circle(page, (left + 30 + place * width // 4, 310 + height), 14, (120, 130, 140), 2, cv2.LINE_AA)
    return page


def filled(pixels: Pixels, _: Generator) -> Pixels:
    """Put a picture on a wide page that is filled with its own blurred colours."""
    page = np.asarray(cv2.GaussianBlur(cv2.resize(pixels, (1280, 720)), (0, 0), 28), np.uint8)
    return fitted(pixels, page)


def collage(four: list[Pixels], chance: Generator) -> Pixels:
    """Put four pictures on one page, each cut to its cell."""
    wide, high = 1200, int(chance.choice([900, 1200]))
    gap = int(chance.choice([0, 4, 10]))
    page = np.full((high, wide, 3), 255, np.uint8)
    width, height = (wide - gap) // 2, (high - gap) // 2
    for place, pixels in enumerate(four):
        left, top = (place % 2) * (width + gap), (place // 2) * (height + gap)
        page[top : top + height, left : left + width] = resize_in_steps(shaped(pixels, width / height), (width, height))
    return page


def hard(pixels: Pixels, chance: Generator) -> Pixels:
    """Crop, mirror, filter, mark and head a picture, all at once."""
    made = cropped(pixels, chance.uniform(0.05, 0.15), chance.uniform(0.05, 0.15), chance)
    made = made[:, ::-1] if chance.random() < 0.7 else made
    return bannered(marked(filtered(np.ascontiguousarray(made), chance), chance), chance)


def _thumbnail(wide: int, high: int) -> Way:
    """Return the way to fit a picture into a small page between bars, or to cut it to fill the page."""

    def made(pixels: Pixels, chance: Generator) -> Pixels:
        page = np.zeros((high, wide, 3), np.uint8)
        return fitted(pixels if chance.random() < 0.6 else shaped(pixels, wide / high), page)

    return made


def _within(pixels: Pixels, wide: int, high: int) -> Pixels:
    scale = min(wide / pixels.shape[1], high / pixels.shape[0])
    return resize_in_steps(pixels, (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1)))


WAYS: dict[str, Way] = {
    "banner_text": bannered,
    "combo_hard": hard,
    "crop_16x9": lambda pixels, _: _within(shaped(pixels, 16 / 9), 1200, 675),
    "crop_1x1": lambda pixels, _: _within(shaped(pixels, 1.0), 1080, 1080),
    "crop_20_40": lambda pixels, chance: cropped(pixels, *chance.uniform(0.2, 0.4, 2), chance),
    "crop_5_15": lambda pixels, chance: cropped(pixels, *chance.uniform(0.05, 0.15, 2), chance),
    "filter_mild": filtered,
    "hflip": lambda pixels, _: pixels[:, ::-1],
    "letterbox_480x360": _thumbnail(480, 360),
    "logo_watermark": marked,
    "pillar_blur": filled,
    "reencode": lambda pixels, _: pixels,
    "resize_1200x675": lambda pixels, _: _within(pixels, 1200, 675),
    "resize_680": lambda pixels, _: _within(pixels, 680, 10_000),
    "rotate_1_5": leaning,
    "rotate_90": lambda pixels, chance: np.rot90(pixels, int(chance.integers(1, 4))),
    "screenshot": screenshot,
    "sticker_cover": stickered,
    "yt_thumb_320x180": _thumbnail(320, 180),
}
