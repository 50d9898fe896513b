"""Frames of a school's own video file, which stand for the video's thumbnails; a platform's own is never fetched."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from engines.pictures.picture import DecodedPicture, shrink_to_side

EVERY_SECONDS = 2.0
MOST_FRAMES = 300
SIDE = 1280
_MOST_PIXELS = 40_000_000


def video_frames(path: Path, every: float = EVERY_SECONDS, most: int = MOST_FRAMES) -> Iterator[DecodedPicture]:
    """Yield frames of a video that the school registered, one each time so many seconds have gone by.

    Raises ValueError when the file is no video that can be read.
    """
    try:
        with av.open(str(path)) as container:
            yield from _sampled_frames(container, every, most)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise ValueError("The file is no video that can be read.") from error


def _sampled_frames(container: av.container.InputContainer, every: float, most: int) -> Iterator[DecodedPicture]:
    stream = container.streams.video[0]
    stream.thread_type = "NONE"
    due, taken = 0.0, 0
    for frame in container.decode(stream):
        if frame.width * frame.height > _MOST_PIXELS or taken >= most:
            return
        if frame.time is None or frame.time + 1e-6 < due:
            continue
        pixels = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
        yield DecodedPicture(shrink_to_side(pixels, SIDE), frame.width, frame.height)
        due, taken = frame.time + every, taken + 1
