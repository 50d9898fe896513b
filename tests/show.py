"""`make check NAME=pupil_follower`: one check, or one view, of a school as its last run left it: its SQL and its rows.

For whoever changes a check: the demo's school unless --home and --school say another. What is made on the way is
rolled back. The rows are as the school's own people read them, with names.
"""

import argparse
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.run import judge
from flows.home.context import Context, open_context
from flows.home.settings import Settings
from flows.weekly.self_test import places_of
from warehouse.store.build import models
from warehouse.store.materialise import materialise, rolled_back
from warehouse.store.open import opened


class Asked:
    """A connection that keeps what it is asked: some checks put their SQL together."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self.db, self.questions = db, list[str]()

    def execute(self, sql: str, *values: Any) -> duckdb.DuckDBPyConnection:
        self.questions.append(sql.strip())
        return self.db.execute(sql, *values)

    def sql(self, sql: str, **values: Any) -> duckdb.DuckDBPyRelation:
        self.questions.append(sql.strip())
        return self.db.sql(sql, **values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)


def shown(home: Path, school: str, name: str, rows: int) -> str:
    """Return the SQL and the rows of a check or of a view; SystemExit with what there is where it is neither."""
    if name not in catalogue() and name not in models():
        raise SystemExit(f"There is no check and no view {name}. Checks: {', '.join(catalogue())}. Views: "
                         f"{', '.join(models())}.")  # fmt: skip
    context = open_context(Settings(home), school, None)
    with opened(context.places.warehouse, context.key) as db, rolled_back(db):
        [(as_of,)] = db.execute("select max(as_of) from raw.runs").fetchall()
        materialise(db)
        context = open_context(Settings(home), school, as_of)
        sql, frame, said = _check(context, db, name) if name in catalogue() else _view(db, name)
    with pl.Config(tbl_rows=rows, tbl_cols=-1, fmt_str_lengths=200, tbl_width_chars=200, tbl_hide_dataframe_shape=True):
        return f"{sql.strip()}\n\n{frame}\n{said}"


def _check(context: Context, db: duckdb.DuckDBPyConnection, name: str) -> tuple[str, pl.DataFrame, str]:
    check = catalogue()[name]
    parameters = check.with_defaults(context.pack.asks(name)[1].parameters if name in context.pack.check_ids else {})
    outcome = judge(
        AskedOnce(db), check, as_of=context.as_of, parameters=parameters,
        applies_to=places_of(context, check), doubtful_populations=frozenset(), key=context.key,
    )  # fmt: skip
    asked = Asked(db)
    answer = check.judge(asked, context.as_of, parameters)  # type: ignore[arg-type]
    said = f"{outcome.verdict}: {len(outcome.exceptions)} found; {outcome.judged} judged of {outcome.platform_count}."
    return "\n".join(asked.questions), answer, f"{said} {outcome.why}".strip()


def _view(db: duckdb.DuckDBPyConnection, name: str) -> tuple[str, pl.DataFrame, str]:
    frame = db.execute(f"select * from {name}").pl()
    return models()[name], frame, f"{frame.height} rows."


def main() -> None:
    """Show what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="a check (pupil_follower) or a view (core.followers)")
    parser.add_argument("--home", type=Path, default=Path("demo-report"))
    parser.add_argument("--school", default="ousterly-vale")
    parser.add_argument("--rows", type=int, default=20)
    given = parser.parse_args()
    print(shown(given.home, given.school, given.name, given.rows))  # noqa: T201


if __name__ == "__main__":
    main()
