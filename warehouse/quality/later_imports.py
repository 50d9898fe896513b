"""Puts off what a library imports for work that nobody asks of it, until somebody does, or leaves it out."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _ImportedLater(ModuleType):
    """Stands for a module until anything of it is asked for, and hands on to the module itself from then on."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def imported_later(*names: str) -> Iterator[None]:
    """Let whoever imports one of these modules inside get it when it is first used; what is there already stays.

    A module of a package is to be imported from the package: `from scipy import stats`.
    """
    stand_ins = {name: _ImportedLater(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Let whoever imports one of these modules inside find that it is not installed; what is there already stays.

    For a library that does without them: ImportError is what it meets.
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is Python's own word for it
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
