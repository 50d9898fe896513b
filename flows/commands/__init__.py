"""The command line: one program, `audit`; it parses, calls one function per command, and answers with an exit code."""

import sys

from flows.home.process import collect_seldom


def main() -> None:
    """Run the program and leave with its exit code, also when it is stopped while it is still starting."""
    collect_seldom()
    try:
        from flows.commands.app import main as run  # noqa: PLC0415 - so that Ctrl-C is answered while it is imported

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before anything was done.\n")
        sys.exit(130)


__all__ = ["main"]
