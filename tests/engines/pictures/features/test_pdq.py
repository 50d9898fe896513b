"""The PDQ hash is the published one: the expected values were recorded from Meta's own C++ code, by pdqhash 0.2.8."""

import numpy as np
import pytest
from PIL import Image

from engines.pictures.decoding.decode import decode_picture
from engines.pictures.features.pdq import pdq_hashes
from engines.pictures.picture import DecodedPicture, Pixels
from tests.engines.pictures.drawings import picture, saved

TURNED = """
aa69932b9d2a49b6c94615566c956ad5a64d376be8ac8bf45546543baab17740
e8b2e4d283e39bb2bb32d932c1d383e613367226f076e8e9e0e4e0477c4c3c39
b7383981c07fe31c94033ffc21c0c07fd3189cc1bde9215e0013f611ffe4ddea
bde74e78d6b63118ee6773989486294c6667d88cad234263b5b14aed29199693
aa696cd49daab649c966eaa96c95952aa64dc994e8bc740b5546abc4aab188bf
ff3cc67ec87f1ce39c13400339c03f80f318633ebdf9dea1001301eeffe42215
e8b21b2d83e3644dbb3226cdc1d37c5913328dd9f0761716e0e41fb87c4cc3c6
b9e73187d636cce744638c679486d6b346632773a523b59cb5b135122919696c
"""  # as it is; turned by 90, 180 and 270 degrees; mirrored in four ways
RECORDED = {
    "drawing": ("aa69932b9d2a49b6c94615566c956ad5a64d376be8ac8bf45546543baab17740", 100),
    "square": ("7f0f660db8bab8d611de60eda8e9dd6184f280f664ca9b215271a13344ceeecc", 100),
    "of 64 pixels a side": ("26b15b795120b5d5a9c5e9cec2c6c4ae256e2f5eba52f23541b90ff8fec80007", 100),
    "wide": ("5f4b79824e31b98ebdbee66135a6877ce0b434e6ac30b1a5a5b2a6a55aa65b00", 100),
    "high": ("ab4aa95c56aad68d54b5d2cca9536d2a526bc59456b5a3556d2b2b4a69a156aa", 100),
    "grey": ("66ad2719919f1e9b199adcac7b0ec0e69a3623f2847233c46f60ec8cb893875b", 100),
    "noise": ("7047a50b950b71740f49ab063c1b739b1169f08c9e7f00ddb57dc95283c6eef8", 100),
    "tiny": ("bb456b53463a962c649266322c975c89463ba376b9c4a1f4d72899cd9b6569d3", 100),
    "smallest": ("695a3e0f96a5c0f0cb726c5b695a81e094a53f0f695a3e0f96a5c0f0cb726c5b", 100),
    "quiet": ("713cfe0a3800a76db316e6d7b90517b9a84a7d487d7dcf3451d90bde15200e8e", 4),
    "alpha": ("baa25341ac3e41ced24d2d33d3bc9b5764ca933518ebe41e97a22dca925d4da4", 100),
}


def drawn(name: str) -> Pixels:
    chance = np.random.default_rng(8)
    if name == "alpha":
        seen = picture(9).convert("RGBA")
        seen.putalpha(Image.linear_gradient("L").resize(seen.size))
        made = decode_picture(saved(seen))
        assert isinstance(made, DecodedPicture)
        return made.pixels
    return {
        "drawing": lambda: np.asarray(picture(1, (250, 180))),
        "square": lambda: np.asarray(picture(2, (256, 256))),
        "of 64 pixels a side": lambda: np.asarray(picture(3, (64, 64))),
        "wide": lambda: np.asarray(picture(5, (256, 12))),
        "high": lambda: np.asarray(picture(6, (11, 256))),
        "grey": lambda: np.asarray(picture(7, (200, 200)).convert("L").convert("RGB")),
        "noise": lambda: chance.integers(0, 256, (129, 127, 3), dtype=np.uint8),
        "tiny": lambda: chance.integers(0, 256, (7, 9, 3), dtype=np.uint8),
        "smallest": lambda: chance.integers(0, 256, (5, 5, 3), dtype=np.uint8),
        "quiet": lambda: chance.integers(100, 108, (90, 160, 3), dtype=np.uint8),
    }[name]()


def bits_of(text: str) -> np.ndarray:
    return np.frombuffer(bytes.fromhex(text), np.uint64)


@pytest.mark.parametrize("name", RECORDED)
def test_the_hash_is_within_two_bits_of_the_published_code_and_the_quality_within_one(name: str) -> None:
    expected, quality = RECORDED[name]

    bits, ours = pdq_hashes(drawn(name))

    assert int(np.bitwise_count(bits[0] ^ bits_of(expected)).sum()) <= 2
    assert abs(ours - quality) <= 1


def test_each_of_the_eight_ways_to_turn_and_mirror_is_the_published_code_s() -> None:
    expected = np.array([bits_of(line) for line in TURNED.split()])

    bits, _ = pdq_hashes(drawn("drawing"))

    assert bits.shape == expected.shape
    assert np.bitwise_count(bits ^ expected).sum(axis=1).max() <= 2


def test_a_turned_picture_has_the_hash_that_was_told_for_it() -> None:
    upright = picture(2, (64, 64))  # of one pixel a sample, so that turning moves none
    turned = (upright.transpose(way) for way in (Image.Transpose.ROTATE_90, Image.Transpose.FLIP_LEFT_RIGHT))

    told, _ = pdq_hashes(np.asarray(upright))

    for other in turned:
        [bits, *_], _ = pdq_hashes(np.asarray(other))
        assert np.bitwise_count(told ^ bits).sum(axis=1).min() <= 2


@pytest.mark.parametrize("size", [(4, 4), (4, 200), (200, 4), (1, 1)])
def test_a_picture_with_a_side_below_five_pixels_has_no_hash(size: tuple[int, int]) -> None:
    bits, quality = pdq_hashes(np.asarray(picture(1, size)))

    assert not bits.any()
    assert quality == 0
