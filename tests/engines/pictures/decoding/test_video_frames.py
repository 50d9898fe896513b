"""A school's own video gives the frames that its thumbnails are held against."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engines.pictures.decoding.sandbox import Opener
from engines.pictures.decoding.video_frames import video_frames
from engines.pictures.picture import DecodedPicture, UnreadablePicture
from tests.engines.pictures.scenes import letterboxed, picture, recognised_parts, register, resized, scene


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(5))
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 640, 480, "yuv420p", 8_000_000
        for number in range(30):
            pixels = resized(scene(1 + number // 10), 640, 480)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def test_frames_are_taken_every_two_seconds(film: Path) -> None:
    frames = list(video_frames(film))

    assert len(frames) == 3
    assert all((frame.width, frame.height) == (640, 480) for frame in frames)
    assert len(list(video_frames(film, every=0.5, most=4))) == 4


def test_a_thumbnail_is_found_among_the_frames(film: Path) -> None:
    known = register({f"film/{n}": np.ascontiguousarray(one.pixels) for n, one in enumerate(video_frames(film))})

    [part] = recognised_parts(picture(letterboxed(scene(2))), known)

    assert (part.master_id, part.verdict) == ("film/1", "approved")


def test_a_file_that_is_no_video_says_so(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")

    with pytest.raises(ValueError, match="no video"):
        list(video_frames(tmp_path / "film.mp4"))


def test_a_film_is_decoded_by_the_child(film: Path, tmp_path: Path) -> None:
    (tmp_path / "none.mp4").write_bytes(b"no film")
    with Opener() as opener:
        frames = list(opener.film_frames(film))
        [problem] = opener.film_frames(tmp_path / "none.mp4")
        [lost] = opener.film_frames(tmp_path / "lost.mp4")

    assert [isinstance(frame, DecodedPicture) for frame in frames] == [True] * 3
    here = list(video_frames(film))
    assert np.array_equal(frames[0].pixels, here[0].pixels)  # type: ignore[union-attr]
    assert problem == lost == UnreadablePicture("truncated")
