"""Which register a file is, by columns that only one of them has; where nobody can tell it is asked, not guessed."""

import re
from pathlib import Path
from typing import cast

from connectors.errors import SourceError
from connectors.registers.columns import PreviewColumn, preview
from connectors.registers.headers import OF_ADULTS, REGISTERS
from connectors.registers.pull import read_register
from dashboards.desk.school.setup_steps import SentFile, SetupError
from flows.home.context import Context
from flows.setup.owner import sentence_of
from policies.school import Register

_TELLING = {
    "pupils": {"year_group", "class_name", "picture_consent", "consents_given", "date_of_birth"},
    "staff": {"job_title", "policy_read_on", "trained_on"},
    "leavers": {"left_on", "year_group", "class_name", "date_of_birth"},
    "photographs": {"photograph_id", "file_name", "video_id", "channels"},
    "accounts": {"platform", "handle", "account_id", "owner_role"},
}
_HEADED = {"parents": OF_ADULTS, "governors": re.compile("governor", re.IGNORECASE)}


def register_told(context: Context, file: SentFile) -> str:
    """Return which register a file is, by columns that only one has; SetupError where nobody can tell."""
    found: dict[str, int] = {}
    refusals: dict[str, str] = {}
    for register in REGISTERS:
        mapped = context.school.columns.get(cast("Register", register))
        try:
            read_register(Path(), register, file.name, as_of=context.as_of, mapped=mapped, body=file.body)
            columns = preview(register, file.name, file.body, mapped, 0).columns
        except SourceError as error:
            refusals[register] = sentence_of(error)
            continue
        found[register] = _telling(register, columns)
    likely = [register for register, count in found.items() if count and count == max(found.values())]
    if len(likely) == 1:
        return likely[0]
    if not found and len(set(refusals.values())) == 1:
        raise SetupError(refusals["pupils"])
    if not found:
        says = f"No list can be read from {file.name} by its own headings. "
        raise SetupError(says + "Choose beside the file which list it is, and then what each column is.")
    which = " or ".join(likely or [register for register in found if register != "leavers"])
    raise SetupError(f"Nobody can tell by its columns which list {file.name} is: {which}. Choose it beside the file.")


def _telling(register: str, columns: tuple[PreviewColumn, ...]) -> int:
    """Return how many columns of a file tell that it is this register."""
    if register in _HEADED:
        headed = sum(bool(_HEADED[register].search(column.heading)) for column in columns if column.reads_as)
        return headed * len(columns)
    told = {(column.reads_as or "").partition(":")[0] for column in columns}
    if register == "leavers" and "left_on" not in told:
        return 0
    return len(told & _TELLING[register])
