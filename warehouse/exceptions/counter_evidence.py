"""What the runs found that may end an attestation early."""

import duckdb

from policies.attestations import CounterEvidence

# One row per run and check that found something which nobody calls mistaken now, and nobody allowed at the time.
_FOUND = """
select distinct
    runs.as_of,
    exceptions.check_id,
    exceptions.check_title
from published.exceptions as exceptions
inner join published.runs as runs on exceptions.run_id = runs.run_id
where
    exceptions.is_seen_this_run
    and exceptions.is_open
    and exceptions.fingerprint not in (
        select fingerprint
        from (
            select fingerprint, decision
            from published.exceptions
            qualify row_number() over (partition by fingerprint order by run_id desc) = 1
        )
        where decision = 'mistaken'
    )
order by runs.as_of, exceptions.check_id
"""


def counter_evidence(db: duckdb.DuckDBPyConnection) -> tuple[CounterEvidence, ...]:
    """Return the days on which each check found something, the oldest first; of a warehouse or a published copy."""
    return tuple(CounterEvidence(*row) for row in db.execute(_FOUND).fetchall())
