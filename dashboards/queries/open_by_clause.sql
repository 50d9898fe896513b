-- How many cases were open under each clause in the newest 26 runs: no case itself is read.
with newest as (
    select
        run_id,
        as_of
    from published.runs
    order by as_of desc, run_id desc
    limit 26
)

select
    newest.as_of,
    exceptions.pack,
    exceptions.clause,
    count(exceptions.fingerprint) filter (where exceptions.is_open) as open_count
from newest
left join published.exceptions as exceptions on newest.run_id = exceptions.run_id
group by
    newest.as_of,
    exceptions.pack,
    exceptions.clause
order by newest.as_of asc, exceptions.pack asc, exceptions.clause asc
