"""The command line: one program, `audit`; it parses, calls one function per command, and answers with an exit code."""

from flows.cli.app import main

__all__ = ["main"]
