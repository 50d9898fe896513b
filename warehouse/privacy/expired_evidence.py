"""Deletes what exceptions quote and show of a platform's records, once those have outlived the platform's time."""

import duckdb

# The story of an exception stays; of what it rested on only the hash stays.
_OF_THE_RUN = """
update outcome.exceptions as exceptions
set evidence = '{}'
where exceptions.run_id = ? and exceptions.platform = ? and exceptions.evidence != '{}'
"""

# What later runs carried over keeps whose it is, for the decisions about it, and nothing that others wrote.
_CARRIED_OVER = """
update outcome.exceptions
set evidence = json_merge_patch(exceptions.evidence, texts.nulls)::varchar
from (
    select check_id, list(distinct label) as labels, json_group_object(label, null) as nulls
    from outcome.check_evidence
    where kind = 'strangers_text'
    group by check_id
) as texts
where
    exceptions.check_id = texts.check_id
    and exceptions.described_in = ?
    and exceptions.platform = ?
    and list_has_any(json_keys(exceptions.evidence), texts.labels)
"""


def expire_evidence(db: duckdb.DuckDBPyConnection, run_id: str, platform: str, *, but: str) -> int:
    """Delete what this run found on a platform of the evidence of exceptions; return from how many it went.

    `but` is a condition in SQL by which some of `exceptions` are left as they are.
    """
    statements = (f"{sql.rstrip()} and {but}" for sql in (_OF_THE_RUN, _CARRIED_OVER))
    return sum(int(db.execute(sql, [run_id, platform]).fetchall()[0][0]) for sql in statements)
