"""`audit verify`: whether the casebook is as it was written, row by row."""

from contextlib import closing

import typer

from flows.home.arguments import School
from flows.home.context import find_school, open_casebook
from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.settings import from_environment
from warehouse.casebook.verify import TABLES, ensure_readable, wrong_rows

_MOST_NUMBERS = 20


def verify(school_id: School) -> int:
    """Check that the casebook is as it was written: every row's seal, who asked what, and who looked at what."""
    settings = from_environment()
    with closing(open_casebook(settings, find_school(settings, school_id))) as book:
        with book.engine.connect() as connection:
            ensure_readable(connection)
        wrong = wrong_rows(book)
    for table, numbers in wrong.items():
        said = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
        more = f" and {len(numbers) - _MOST_NUMBERS:,} more" if len(numbers) > _MOST_NUMBERS else ""
        typer.echo(f"{table}: not what was written, or gone: row {said}{more}.")
    if wrong:
        typer.echo(
            f"Put its rows back from the last backup (audit restore {school_id} --from FILE --replace); or, if what is "
            f"wrong is lost for good: audit accept-loss {school_id} --by ROLE --note WHY",
            err=True,
        )
        return WRONG_USE
    typer.echo(f"Every row of the casebook's {len(TABLES)} sealed tables is what was written, and both logs are whole.")
    return DONE
