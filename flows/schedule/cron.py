"""The user's crontab: three lines of ours between two marks, and every other line left as it is."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from flows.schedule.commands import called, is_there, must
from flows.schedule.program import Program
from flows.schedule.times import Weekly
from flows.settings import ConfigurationError


def is_here() -> bool:
    """Say whether the machine has a crontab."""
    return is_there("crontab")


def lines(program: Program, weekly: Weekly) -> list[str]:
    """Return the lines for one school, with the marks by which they are found again."""
    return [
        _begin(program.school),
        f"{weekly.cron} {_command(program, program.run)}",
        f"{weekly.check_cron} {_command(program, program.check)}",
        f"{weekly.forget_cron} {_command(program, program.forget)}",
        _end(program.school),
    ]


def _command(program: Program, words: Iterable[str]) -> str:
    """Return the words for the shell that cron starts; a bare percent sign would end the command there."""
    exports = " ".join(f"{name}={shlex.quote(value)}" for name, value in program.environment.items())
    shell = f"umask 077; cd {shlex.quote(str(program.home))} && {exports} {shlex.join(words)}"
    return shell.replace("%", "\\%")


def _begin(school: str) -> str:
    return f"# audit {school}: begin (written by `audit schedule install {school}`)"


def _end(school: str) -> str:
    return f"# audit {school}: end"


def install(program: Program, weekly: Weekly) -> None:
    """Put the school's lines into the crontab, in place of those that are there."""
    others = _others(program.school, _read())
    _write([*others, *lines(program, weekly)])


def is_installed(school: str) -> bool:
    """Say whether lines of this school stand in the crontab."""
    return is_here() and _begin(school) in _read()


def installed_lines(school: str) -> list[str]:
    """Return the school's lines without their marks, the weekly run first; none where none are installed."""
    text = _read() if is_here() else []
    if _begin(school) not in text:
        return []
    _others(school, text)  # says if a mark is lost
    return text[text.index(_begin(school)) + 1 : text.index(_end(school))]


def is_of(home: Path, school: str) -> bool:
    """Say whether the school's lines in the crontab audit the one of this home."""
    text = _read()
    _others(school, text)  # says if a mark is lost
    ours = "\n".join(text[text.index(_begin(school)) : text.index(_end(school))])
    return f"AUDIT_HOME={shlex.quote(str(home))} ".replace("%", "\\%") in ours


def remove(school: str) -> None:
    """Take the school's lines out of the crontab."""
    _write(_others(school, _read()))


def _read() -> list[str]:
    """Return the lines as they stand, whatever else is in them than ours."""
    done = called("crontab", "-l")
    if done.returncode == 0:
        return done.stdout.removesuffix("\n").split("\n") if done.stdout else []
    if "no crontab" in done.stderr.lower():
        return []
    raise ConfigurationError("The crontab cannot be read. Try `crontab -l`, and put right what it says.")


def _others(school: str, text: list[str]) -> list[str]:
    """Return the lines that are not this school's; ConfigurationError if a mark of ours is lost."""
    begins = [number for number, line in enumerate(text) if line == _begin(school)]
    ends = [number for number, line in enumerate(text) if line == _end(school)]
    if len(begins) != len(ends) or any(begin > end for begin, end in zip(begins, ends, strict=True)):
        message = f"The crontab's lines of {school} lack their begin or their end. Delete them with: crontab -e"
        raise ConfigurationError(message)
    ours = {number for begin, end in zip(begins, ends, strict=True) for number in range(begin, end + 1)}
    return [line for number, line in enumerate(text) if number not in ours]


def _write(text: list[str]) -> None:
    must("crontab", "-", said_in="".join(f"{line}\n" for line in text))
