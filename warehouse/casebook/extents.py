"""How far a table of the casebook goes for a school, by which a reader knows that nothing was written or deleted."""

from sqlalchemy import Engine, Table, func, select

Extent = tuple[int, int]
NOTHING: Extent = (0, 0)


def extent(engine: Engine, table: Table, school: str) -> Extent:
    """Return how many rows there are, and the number of the newest; 0 where there is none."""
    query = select(func.count(), func.max(table.c.number)).where(table.c.school == school)
    with engine.connect() as connection:
        count, newest = connection.execute(query).one()
    return count, newest or 0
