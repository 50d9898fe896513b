"""The cases whose challenge waits for its answer: what they rest on is kept until it has one."""

from sqlalchemy import Connection, select

from warehouse.casebook.tables import CHALLENGES


def waiting_cases(connection: Connection, school: str) -> frozenset[str]:
    """Return the fingerprints of this school's cases of which the newest step is that a challenge was opened."""
    steps = select(CHALLENGES.c.fingerprint, CHALLENGES.c.step).where(CHALLENGES.c.school == school)
    newest = {row.fingerprint: row.step for row in connection.execute(steps.order_by(CHALLENGES.c.sequence))}
    return frozenset(fingerprint for fingerprint, step in newest.items() if step == "opened")
