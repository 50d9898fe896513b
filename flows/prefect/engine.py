"""The process of one run that a worker starts: Prefect's engine, which collects seldom from its first import on."""

import atexit
import os
import runpy
import sys
from collections.abc import Mapping

from flows.home.process import collect_seldom


def forked(values: Mapping[str, str], folder: str) -> None:
    """Be the engine in a forked process, with this environment and folder; SystemExit with the engine's code.

    Where the program was updated since its imports were made, the engine begins anew, with imports of its own.
    What the libraries do at a program's end is done here: Prefect sends what it has yet to tell.
    """
    from prefect.context import refresh_global_settings_context  # noqa: PLC0415 - forked with both imported

    from flows.prefect.run_imports import are_as_imported  # noqa: PLC0415

    os.environ.clear()
    os.environ.update(values)
    os.chdir(folder)
    if not are_as_imported():
        os.execv(sys.executable, [sys.executable, "-m", "flows.prefect.engine"])  # noqa: S606 - our own words, no shell
    sys.argv = ["prefect.engine"]
    refresh_global_settings_context()
    try:
        _engine()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - multiprocessing leaves a process without


def _engine() -> None:
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    collect_seldom()
    _engine()
