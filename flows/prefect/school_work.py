"""What is done with one school of a group: in a process of its own, which tells how it ended.

Whoever asks imports nothing of a school's run: a part of a group only waits for its schools.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flows.home.exit_codes import DONE, INTERNAL, answer_to
from flows.home.json_logs import is_json_asked, log_json, note_subject
from flows.home.settings import keep_private
from flows.prefect.schools import IsolatedLook
from policies.errors import UserError

RUN_IMPORTS = "flows.prefect.run_imports"


@dataclass(frozen=True, slots=True)
class SchoolEnd:
    """How the work on one school ended: its exit code, a sentence that names nobody where that is not 0, and counts.

    `told` is the object that the command prints with --json. It `is_to_be_repeated` where the process was
    killed, or where the casebook's server or the object store was away.
    """

    school: str
    code: int
    said: str = ""
    told: Any = field(default_factory=dict)
    is_to_be_repeated: bool = False


def look_at(work: Callable[[str], int | None], *more: str) -> IsolatedLook[SchoolEnd]:
    """Return what asks a school's own process for this work; `work` prints one JSON object and returns an exit code.

    `more` are modules that the process needs beside those of a run.
    """
    return IsolatedLook(partial(_ended, work), _lost, (*more, RUN_IMPORTS))


def audited(school: str, **options: Any) -> int:
    """Run the weekly audit of a school, with these options of a run; return its exit code."""
    from flows.weekly.command import RunOptions, run_school  # noqa: PLC0415 - the school's own process has it already

    return run_school(school, RunOptions(is_json=True, **options))


def expired(school: str) -> None:
    """Delete what of a school is over its clock."""
    from flows.retention.expire import expire_school  # noqa: PLC0415 - as above

    expire_school(school, as_json=True, waits=True)


def _lost(school: str) -> SchoolEnd:
    says = "Its process was killed. Run again: it goes on from there."
    return SchoolEnd(school, INTERNAL, says, is_to_be_repeated=True)


def _ended(work: Callable[[str], int | None], school: str) -> SchoolEnd:
    """Work on one school; what it and its libraries say on the way is kept from everybody, as it may quote a person.

    With AUDIT_LOG=json, what the program itself logs, which names nobody, goes where it would have gone.
    """
    keep_private()
    if is_json_asked():
        log_json(os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1))
        note_subject(school)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            code = work(school) or DONE
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last door, as for a command
            said, code = answer_to(error)
            return SchoolEnd(school, code, said, is_to_be_repeated=isinstance(error, UserError) and error.may_pass)
        sys.stdout.flush()
        out.seek(0)
        told = json.loads(out.read() or b"{}")
    return SchoolEnd(school, code, "" if code == DONE else _not_seen(told), told)


def _not_seen(told: Any) -> str:
    names = ", ".join(problem["source"] for problem in told.get("problems", ()))
    return f"Published, but not everything was seen ({names}). The report says what to do."
