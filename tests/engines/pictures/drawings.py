"""Pictures drawn by program, so that no test shows anybody: `picture(seed)` and its bytes."""

import io
import random

from PIL import Image, ImageDraw


def picture(seed: int, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Draw shapes in the colours of this seed."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, "white")
    canvas = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        box = (left, top, left + chance.randrange(20, 160), top + chance.randrange(20, 160))
        canvas.ellipse(box, fill=(chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    return image


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """Return the picture's bytes in this format."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
