-- How each case of a run, the newest unless one is given, stood in the runs up to it, the oldest first.
with wanted as (select coalesce(cast($run_id as text), max(run_id)) as run_id from published.runs),

cases as (
    select fingerprint
    from published.exceptions
    where run_id = (select wanted.run_id from wanted)
)

select
    exceptions.fingerprint,
    runs.run_id,
    runs.as_of,
    exceptions.status,
    exceptions.is_open,
    exceptions.decision,
    exceptions.decisions_read
from published.exceptions as exceptions
inner join published.runs as runs on exceptions.run_id = runs.run_id
where
    exceptions.fingerprint in (select cases.fingerprint from cases)
    and runs.run_id <= (select wanted.run_id from wanted)
order by runs.as_of asc
