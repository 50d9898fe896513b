-- How one case stood in each run that knew of it, the newest first.
select
    runs.as_of,
    exceptions.status,
    exceptions.decision
from published.exceptions as exceptions
inner join published.runs as runs using (run_id)
where exceptions.fingerprint = $fingerprint  -- noqa: RF02
order by runs.as_of desc
limit 60
