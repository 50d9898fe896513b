"""The command line: one program, `audit`; it parses, calls one function per command, and answers with an exit code."""

import os
import sys

_WRONG_USE, _STOPPED = 2, 130


def why_not_here(system: str) -> str | None:
    """Return why the program does not run on a system, by its name in `os.name`, and what to do; None where it does."""
    if system == "posix":
        return None
    return (
        "This runs on Linux, and on Windows in WSL: in PowerShell as administrator, wsl --install -d Debian; "
        "docs/running.md says the rest."
    )


def main() -> None:
    """Run the program and leave with its exit code, also when it is stopped while it is still starting."""
    if told := why_not_here(os.name):
        sys.stderr.write(f"{told}\n")
        sys.exit(_WRONG_USE)
    from flows.home.process import collect_seldom, open_standard_streams  # noqa: PLC0415 - knows a Unix machine's users

    open_standard_streams()
    collect_seldom()
    try:
        from flows.commands.app import main as run  # noqa: PLC0415 - so that Ctrl-C is answered while it is imported

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before anything was done.\n")
        sys.exit(_STOPPED)


__all__ = ["main"]
