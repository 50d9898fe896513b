"""Photographs drawn by program: school scenes that no camera took, no two alike to a perceptual hash.

A scene is drawn from its seed alone: sky, hills, buildings, a crowd of plain figures, bunting, film grain.
"""

import colorsys
import io
import math
import random
from functools import cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw

Size = tuple[int, int]
Colour = tuple[int, int, int]

PHOTOGRAPH: Size = (1200, 800)
WIDE: Size = (1280, 720)
UPRIGHT: Size = (720, 1280)
_GPS = 0x8825  # the Exif tag under which a position stands
THUMBNAILS: tuple[tuple[str, str, Size], ...] = (
    ("default", "default", (120, 90)),
    ("medium", "mqdefault", (320, 180)),
    ("high", "hqdefault", (480, 360)),
    ("maxres", "maxresdefault", (1280, 720)),
)
# What YouTube offers of some videos besides: a larger size, and the upright form of a Short.
FULL_HD = ("fhd", "fhd", (1920, 1080))
SHORT = ("shortsAspectRatio", "oardefault", (1080, 1920))


def draw(seed: int, size: Size = PHOTOGRAPH) -> Image.Image:
    """Draw the scene of this seed, in pixels of `size`; the same seed and size give the same picture."""
    chance = random.Random(f"scene {seed}")
    image = _sky(chance, size)
    canvas = ImageDraw.Draw(image)
    for _ in range(chance.randint(1, 3)):
        _hill(canvas, chance, size)
    for _ in range(chance.randint(1, 3)):
        _building(canvas, chance, size)
    _bunting(canvas, chance, size)
    for _ in range(chance.randint(2, 7)):
        _figure(canvas, chance, size)
    grain = ImageChops.offset(_grain(size), chance.randrange(size[0]), chance.randrange(size[1]))
    return ImageChops.add(image, grain, offset=-8)


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    """Return the picture as JPEG bytes."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def with_position(body: bytes) -> bytes:
    """Return this JPEG with an invented position in its Exif, in the middle of the sea, and not a pixel changed."""
    exif = Image.Exif()
    exif.get_ifd(_GPS).update({1: "N", 2: (0.0, 0.0, 0.0), 3: "W", 4: (25.0, 0.0, 0.0)})
    block = exif.tobytes()
    head = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big")
    return body[:2] + head + block + body[2:]


def posted_size(size: Size) -> Size:
    """Return the width and height in pixels at which X serves a picture of this size."""
    return size[0] * 3 // 4, size[1] * 3 // 4


def as_posted(image: Image.Image) -> bytes:
    """Return the picture as X serves it: smaller, and encoded again."""
    return jpeg(image.resize(posted_size(image.size), Image.Resampling.BILINEAR), 76)


def as_thumbnails(image: Image.Image) -> dict[str, bytes]:
    """Return the picture in every size that YouTube offers of any video, by the file name YouTube gives it."""
    return {name: body for form in THUMBNAILS for name, body in as_thumbnail(image, form).items()}


def as_thumbnail(image: Image.Image, form: tuple[str, str, Size]) -> dict[str, bytes]:
    """Return the picture in this one form, by the file name YouTube gives it."""
    _key, stem, size = form
    return {stem: jpeg(_boxed(image, size), 80)}


def _boxed(image: Image.Image, size: Size) -> Image.Image:
    """Scale to the width and lay black bars above and below, as YouTube does with its 4:3 sizes."""
    height = round(image.height * size[0] / image.width)
    scaled = image.resize((size[0], height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    if height == size[1]:
        return scaled
    box = Image.new("RGB", size)
    box.paste(scaled, (0, (size[1] - height) // 2))
    return box


def _colour(chance: random.Random, hues: tuple[float, float], light: tuple[float, float]) -> Colour:
    """Draw a colour whose hue and lightness (both 0 to 1) lie in these ranges."""
    red, green, blue = colorsys.hls_to_rgb(chance.uniform(*hues), chance.uniform(*light), 0.45)
    return round(red * 255), round(green * 255), round(blue * 255)


def _sky(chance: random.Random, size: Size) -> Image.Image:
    across, down = 6, 5
    hue = chance.uniform(0.52, 1.12)
    cells = [_colour(chance, (hue, hue + 0.08), (0.12, 0.92)) for _ in range(across * down)]
    weather = bytes(part for cell in cells for part in cell)
    return Image.frombytes("RGB", (across, down), weather).resize(size, Image.Resampling.BICUBIC)


@cache
def _grain(size: Size) -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 17, size=(size[1], size[0]), dtype=np.uint8)
    return Image.fromarray(noise).convert("RGB")


def _hill(canvas: ImageDraw.ImageDraw, chance: random.Random, size: Size) -> None:
    width, height = size
    base, swing = chance.uniform(0.45, 0.95) * height, chance.uniform(0.04, 0.22) * height
    waves, shift = chance.uniform(0.6, 3.0), chance.uniform(0, math.tau)
    ridge = [(x, base - swing * math.sin(shift + waves * math.tau * x / width)) for x in range(0, width + 40, 40)]
    canvas.polygon([(0, height), *ridge, (width, height)], fill=_colour(chance, (0.16, 0.38), (0.1, 0.7)))


def _building(canvas: ImageDraw.ImageDraw, chance: random.Random, size: Size) -> None:
    width, height = size
    left, top = chance.uniform(0, 0.75) * width, chance.uniform(0.05, 0.6) * height
    right, foot = left + chance.uniform(0.12, 0.4) * width, top + chance.uniform(0.15, 0.4) * height
    canvas.rectangle((left, top, right, foot), fill=_colour(chance, (0.0, 0.12), (0.2, 0.8)))
    pane, step = _colour(chance, (0.5, 0.65), (0.3, 0.95)), chance.uniform(0.05, 0.08) * width
    y = top + step / 3
    while y + step / 2 < foot:
        x = left + step / 3
        while x + step / 2 < right:
            canvas.rectangle((x, y, x + step / 2, y + step / 2), fill=pane)
            x += step
        y += step


def _bunting(canvas: ImageDraw.ImageDraw, chance: random.Random, size: Size) -> None:
    width, height = size
    y, flags = chance.uniform(0.02, 0.4) * height, chance.randint(4, 11)
    step, drop = width / flags, chance.uniform(0.06, 0.16) * height
    for flag in range(flags):
        x = flag * step
        cloth = _colour(chance, (0, 1), (0.15, 0.85))
        canvas.polygon([(x, y), (x + step, y), (x + step / 2, y + drop)], fill=cloth)


def _figure(canvas: ImageDraw.ImageDraw, chance: random.Random, size: Size) -> None:
    width, height = size
    tall = chance.uniform(0.22, 0.5) * height
    x, foot = chance.uniform(0.03, 0.97) * width, chance.uniform(0.7, 1.0) * height
    head, shoulder = tall * 0.11, tall * 0.16
    top = foot - tall
    skin = _colour(chance, (0.05, 0.09), (0.2, 0.8))
    canvas.ellipse((x - head, top, x + head, top + 2.2 * head), fill=skin)
    body = (x - shoulder, top + 2.1 * head, x + shoulder, foot - 0.42 * tall)
    canvas.rounded_rectangle(body, radius=shoulder / 2, fill=_colour(chance, (0, 1), (0.1, 0.8)))
    legs = _colour(chance, (0.55, 0.7), (0.08, 0.4))
    for side in (-0.55, 0.55):
        middle = x + side * shoulder
        leg = (middle - shoulder / 3, foot - 0.45 * tall, middle + shoulder / 3, foot)
        canvas.rectangle(leg, fill=legs)
