"""Deletes what exceptions quote and show of a platform's records, once those have outlived the platform's time."""

from collections.abc import Collection

import duckdb

# The story of an exception stays; of what it rested on only the hash stays.
_OF_THE_RUN = """
update outcome.exceptions
set evidence = '{}'
where run_id = ? and platform = ? and not list_contains(?, subject_id) and evidence != '{}'
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
    and not list_contains(?, exceptions.subject_id)
    and list_has_any(json_keys(exceptions.evidence), texts.labels)
"""


def expire_evidence(db: duckdb.DuckDBPyConnection, run_id: str, platform: str, kept: Collection[str]) -> int:
    """Delete what this run found on a platform of the evidence of exceptions; return from how many it went.

    `kept` are the subjects that a recorded hold keeps.
    """
    values = [run_id, platform, list(kept)]
    return sum(int(db.execute(sql, values).fetchall()[0][0]) for sql in (_OF_THE_RUN, _CARRIED_OVER))
