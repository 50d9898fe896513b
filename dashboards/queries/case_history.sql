-- How each case that stands in the newest run stood in each run that knew of it, the newest first.
with newest as (select max(run_id) as run_id from published.runs),

standing as (
    select fingerprint
    from published.exceptions
    where stands and run_id = (select newest.run_id from newest)
)

select
    exceptions.fingerprint,
    runs.as_of,
    exceptions.status,
    exceptions.decision
from published.exceptions as exceptions
inner join published.runs as runs on exceptions.run_id = runs.run_id
where exceptions.fingerprint in (select standing.fingerprint from standing)
order by runs.as_of desc
