"""What to ask a platform for by id: the subjects of what is still open, and everything that runs saw standing.

A platform in a brown-out may have called something gone that stands: for two weeks it is asked again.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.questions import question


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line, post or comment: `kind` as raw.proofs has it, `listing` the list that it stood in."""

    kind: str
    subject_id: str
    listing: str


@dataclass(frozen=True, slots=True)
class ToProve:
    """What to ask for where a list lacks it: the cases, and every other that stood, the last seen first."""

    cases: tuple[SubjectRow, ...]
    members: tuple[SubjectRow, ...]


def to_prove(db: duckdb.DuckDBPyConnection, platform: str, account_id: str, *, before: date) -> ToProve:
    """Return whom to ask for about one official account, as the runs before this day left it.

    An actor is asked for by the lines to the account and by the comments that the actor wrote. What is about a
    photograph, a policy, a register or an account is about nothing that a platform could be asked for.
    """
    values = {"platform": platform, "account": account_id, "before": before}
    wanted = db.execute(question("proofs_wanted"), values).fetchall()
    return ToProve(
        cases=tuple(SubjectRow(*row) for is_of_case, *row, _ in wanted if is_of_case),
        members=tuple(SubjectRow(*row) for is_of_case, *row, _ in wanted if not is_of_case),
    )
