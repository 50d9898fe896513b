"""Bytes are hostile: whatever they are, they are opened or called unreadable, in two seconds, and the run goes on."""

import io
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from engines.pictures.decoding.decode import decode_picture
from engines.pictures.decoding.sandbox import Opener, _processor_seconds
from engines.pictures.picture import DecodedPicture, UnreadablePicture
from tests.engines.pictures.drawings import picture, saved

SEED, HOSTILE = 5, 300
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
pillow_heif.register_heif_opener()


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener() as one:
        yield one


def png(width: int, height: int, body: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bombs() -> list[bytes]:
    nothing = zlib.compress(bytes(30_000_000), 9)
    return [
        png(60_000, 60_000, nothing),
        png(30_001, 10, nothing),
        png(8_000, 8_000, nothing),
        png(2**31 - 1, 2**31 - 1, nothing),
        b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\x00\x00" + bytes(6) + b"," + bytes(10),
    ]


def valid() -> list[bytes]:
    drawn = picture(3)
    frames = [picture(seed) for seed in (4, 5, 6)]
    exif = Image.Exif()
    exif[0x0112] = 6
    return [
        saved(drawn, "JPEG"),
        saved(drawn, "JPEG", progressive=True),
        saved(drawn.convert("CMYK"), "JPEG"),
        saved(drawn, "JPEG", exif=exif),
        saved(drawn, "PNG"),
        saved(drawn.convert("P"), "PNG"),
        saved(drawn, "WEBP"),
        saved(drawn, "AVIF"),
        saved(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        saved(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        saved(deep(drawn), "PNG"),
        saved(drawn.convert("RGBA"), "PNG"),
        saved(drawn, "HEIF"),
        SVG,
    ]


def deep(drawn: Image.Image) -> Image.Image:
    """Return the picture in sixteen bits of grey."""
    return Image.fromarray(np.asarray(drawn.convert("L")).astype(np.uint16) * 257)


def hostile() -> list[bytes]:
    """Make files out of valid ones: bytes changed, cut out, doubled, the end cut off, and a few bombs."""
    chance, whole = random.Random(SEED), valid()
    made = bombs()
    while len(made) < HOSTILE:
        body = bytearray(chance.choice(whole))
        way = chance.randrange(4)
        if way == 0:
            del body[chance.randrange(len(body)) :]
        elif way == 1:
            start = chance.randrange(len(body))
            body[start:start] = body[start : start + chance.randrange(2000)]
        for _ in range(chance.choice((1, 4, 40, 400)) if way >= 2 else 0):
            body[chance.randrange(len(body) if way == 2 else min(len(body), 200))] = chance.randrange(256)
        made.append(bytes(body))
    return made


def test_every_kind_of_file_that_is_changed_can_be_opened_as_it_was(opener: Opener) -> None:
    made = [isinstance(opener.open(body), DecodedPicture) for body in valid()]

    assert made == [True] * (len(made) - 1) + [False]  # the last is drawn by instructions, which nobody follows


def test_no_hostile_file_takes_long_or_ends_the_run(opener: Opener) -> None:
    opener.open(valid()[0])
    slowest, opened = 0.0, 0
    for body in hostile():
        begun = time.perf_counter()
        made = opener.open(body)
        slowest = max(slowest, time.perf_counter() - begun)
        opened += isinstance(made, DecodedPicture)
        assert isinstance(made, DecodedPicture) or made.problem in {"too_large", "truncated", "not_a_picture"}

    assert 0 < opened < HOSTILE
    assert slowest < 2.5  # two seconds, and the ending of a child
    assert isinstance(opener.open(valid()[0]), DecodedPicture)


# In a process that has no other children: those of the tests before would be counted too.
MEASURED = """
import resource
from engines.pictures.decoding.sandbox import Opener
from tests.engines.pictures.decoding.test_sandbox import hostile
with Opener() as opener:
    for body in hostile():
        opener.open(body)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_no_hostile_file_takes_much_memory() -> None:
    said = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True)

    assert 0 < int(said.stdout) < 1 << 30


@pytest.mark.parametrize("body", bombs(), ids=["wide and high", "too wide", "hollow", "absurd", "gif"])
def test_a_bomb_is_unreadable(opener: Opener, body: bytes) -> None:
    assert isinstance(opener.open(body), UnreadablePicture)


def processor_seconds_to_open(body: bytes) -> float:
    """Return what a child of this machine needs for a picture, tenfold between machines, double on a busy one."""
    needed = []
    with Opener() as patient:
        patient.open(valid()[0])
        for _ in range(3):
            begun = _processor_seconds(patient.child or 0)
            patient.open(body)
            needed.append(_processor_seconds(patient.child or 0) - begun)
    return max(needed)


def test_a_picture_that_takes_too_long_is_given_up_and_the_next_is_opened() -> None:
    slow = saved(Image.effect_noise((6000, 6000), 90), "PNG", compress_level=1)
    with Opener(seconds=processor_seconds_to_open(slow) / 40) as hasty:  # a tenth of it, when it is tried again
        assert hasty.open(slow) == UnreadablePicture("too_slow")
    with Opener() as patient:
        assert isinstance(patient.open(slow), DecodedPicture | UnreadablePicture)
        assert isinstance(patient.open(valid()[0]), DecodedPicture)


def test_a_picture_is_not_given_up_because_the_machine_is_busy() -> None:
    with Opener(seconds=0.4) as one:
        one.open(valid()[0])
        os.kill(one.child or 0, signal.SIGSTOP)  # as a child that gets no processor
        going_on = threading.Timer(1.2, os.kill, (one.child, signal.SIGCONT))
        going_on.start()
        made = one.open(valid()[0])
        going_on.join()

    assert isinstance(made, DecodedPicture)


def test_a_child_that_stands_still_is_given_up() -> None:
    with Opener(seconds=0.02) as one:
        one.open(valid()[0])
        os.kill(one.child or 0, signal.SIGSTOP)

        assert isinstance(one.open(valid()[0]), DecodedPicture)  # a new child opens it


def test_a_picture_for_which_time_ran_out_is_tried_again_with_more() -> None:
    slow = saved(Image.effect_noise((1500, 1500), 90), "PNG", compress_level=1)

    with Opener(seconds=processor_seconds_to_open(slow) / 2) as hasty:
        assert isinstance(hasty.open(slow), DecodedPicture)


def test_a_camera_photograph_of_108_megapixels_is_opened(opener: Opener) -> None:
    body = io.BytesIO()
    Image.new("RGB", (12000, 9000), (90, 120, 60)).save(body, "JPEG")

    made = opener.open(body.getvalue())

    assert isinstance(made, DecodedPicture)
    assert (made.width, made.height) == (12000, 9000)


def moving(form: str, *frames: Image.Image) -> bytes:
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_the_later_frames_of_a_moving_picture_are_shown_where_they_show_something_else(
    opener: Opener, form: str
) -> None:
    first, other = picture(4), picture(5)
    body = moving(form, first, first, other, other, first)

    made = opener.open(body)
    frames = list(opener.later_frames(body))

    assert isinstance(made, DecodedPicture)
    assert made.moves
    assert [isinstance(frame, DecodedPicture) for frame in frames] == [True, True]
    assert isinstance(opener.open(valid()[0]), DecodedPicture)  # the child goes on


def test_a_moving_picture_with_too_much_to_see_or_cut_short_says_so(opener: Opener) -> None:
    many = moving("GIF", *(picture(seed) for seed in range(40)))
    *seen, last = opener.later_frames(many)
    assert (len(seen), last) == (30, UnreadablePicture("too_many"))

    *_, last = opener.later_frames(moving("GIF", *(picture(seed) for seed in range(6)))[:-9000])
    assert last == UnreadablePicture("truncated")


def test_a_child_imports_nothing_of_the_program_that_began_the_run(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nprint('imported')\n"
        "from engines.pictures.decoding.sandbox import Opener\n"
        "with Opener() as opener:\n    opener.open(sys.stdin.buffer.read())\n    print(opener.child is not None)\n"
    )

    ran = subprocess.run([sys.executable, str(program)], input=valid()[0], capture_output=True, check=True)

    assert (ran.stdout.decode().split(), ran.stderr) == (["imported", "True"], b"")


def test_a_child_that_was_started_ahead_is_the_one_that_decodes_and_a_dead_one_is_replaced() -> None:
    with Opener() as ahead:
        ahead.start()
        child = ahead.child
        ahead.start()

        assert isinstance(ahead.open(valid()[0]), DecodedPicture)
        assert child is not None
        assert ahead.child == child

    with Opener() as killed:
        killed.start()
        assert killed.child is not None
        os.kill(killed.child, signal.SIGKILL)
        os.waitid(os.P_PID, killed.child, os.WEXITED | os.WNOWAIT)

        assert isinstance(killed.open(valid()[0]), DecodedPicture)


def test_a_child_ends_with_the_run_that_is_killed() -> None:
    holding = (
        "import sys, time\nfrom engines.pictures.decoding.sandbox import Opener\n"
        "with Opener() as opener:\n    opener.open(b'')\n    print(opener.child, flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        run.kill()
        run.wait()

    until = time.monotonic() + 60
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(child)


def test_what_tells_the_run_and_its_group_to_end_leaves_the_child_to_the_run() -> None:
    holding = (
        "import signal, sys\n[signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)]\n"
        "from engines.pictures.decoding.sandbox import Opener\n"
        "with Opener() as opener:\n    for line in sys.stdin:\n"
        "        opener.open(b'')\n        print(opener.child, flush=True)\n"
    )
    words, pipe = [sys.executable, "-c", holding], subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        children = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM):
            print("open", file=run.stdin, flush=True)
            children.append(run.stdout.readline())
            os.killpg(run.pid, number)
            time.sleep(0.3)
        run.stdin.close()

    assert len(set(children)) == 1
    assert (children[0] != "", run.returncode) == (True, 0)


def is_running(pid: int) -> bool:
    """Say whether a process of this number is at work: one that has ended and is not yet waited for is not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_a_child_that_dies_is_replaced(opener: Opener) -> None:
    opener.open(valid()[0])
    opener._child.process.kill()
    opener._child.process.wait()

    assert isinstance(opener.open(valid()[0]), DecodedPicture)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not_a_picture"),
        (SVG, "not_a_picture"),
        (b"%PDF-1.7", "not_a_picture"),
        (saved(picture(1), "TIFF"), "not_a_picture"),
        (saved(picture(1))[:900], "truncated"),
    ],
    ids=["empty", "svg", "pdf", "tiff", "cut short"],
)
def test_what_is_no_picture_says_so(opener: Opener, body: bytes, problem: str) -> None:
    assert opener.open(body) == UnreadablePicture(problem)  # type: ignore[arg-type]


def test_every_form_shows_the_same_pixels(opener: Opener) -> None:
    drawn = picture(1)
    grey = np.asarray(drawn.convert("L").convert("RGB")).astype(int)
    for body, wanted in (
        (saved(drawn), np.asarray(drawn).astype(int)),
        (saved(drawn, "WEBP", quality=95), np.asarray(drawn).astype(int)),
        (saved(drawn.convert("CMYK"), "JPEG", quality=95), np.asarray(drawn).astype(int)),
        (saved(deep(drawn)), grey),
        (saved(drawn, "HEIF", quality=95), np.asarray(drawn).astype(int)),
        (saved(drawn, "AVIF", quality=95), np.asarray(drawn).astype(int)),
    ):
        made = opener.open(body)
        assert isinstance(made, DecodedPicture)
        assert np.abs(made.pixels.astype(int) - wanted).mean() < 4


def test_an_upright_camera_is_seen_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = decode_picture(saved(picture(1), "JPEG", exif=exif))

    assert isinstance(made, DecodedPicture)
    assert (made.width, made.height) == (300, 400)
    assert made.pixels.shape == (400, 300, 3)


@pytest.mark.parametrize(
    ("size", "longest"),
    [((1200, 900), 600), ((900, 1200), 600), ((1200, 300), 600), ((1080, 1080), 540), ((500, 400), 500)],
)
def test_a_jpeg_is_decoded_no_larger_than_it_is_looked_at(size: tuple[int, int], longest: int) -> None:
    body = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(body, "JPEG")

    picture = decode_picture(body.getvalue())

    assert isinstance(picture, DecodedPicture)
    assert (picture.width, picture.height) == size
    assert max(picture.pixels.shape[:2]) == longest
