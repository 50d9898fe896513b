"""Lines for a crontab, which a person puts in: the program neither reads nor writes one."""

import shlex
from collections.abc import Iterable

from flows.schedule.program import Program
from flows.schedule.times import Weekly


def lines(program: Program, weekly: Weekly) -> str:
    """Return the lines for one school: the weekly run, the daily look whether it was, and the nightly deletion."""
    times = ((weekly.cron, program.run), (weekly.check_cron, program.check), (weekly.forget_cron, program.forget))
    lines = (f"{time} {_command(program, words)}\n" for time, words in times)
    return f"# audit {program.school}\n{''.join(lines)}"


def _command(program: Program, words: Iterable[str]) -> str:
    """Return the words for the shell that cron starts; a bare percent sign would end the command there."""
    exports = " ".join(f"{name}={shlex.quote(value)}" for name, value in program.environment.items())
    shell = f"umask 077; cd {shlex.quote(str(program.home))} && {exports} {shlex.join(words)}"
    return shell.replace("%", "\\%")
