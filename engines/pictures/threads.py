"""One thread for all that is worked out: the machine is shared, and the same sum in another order is another answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Have the libraries of numpy and OpenCV work on one thread within this, or in the function that it is put on."""
    with _libraries().limit(limits=1):
        yield


@cache
def _libraries() -> Any:
    """Return the libraries, looked for once: that takes half as long as to decode a picture."""
    return ThreadpoolController()
