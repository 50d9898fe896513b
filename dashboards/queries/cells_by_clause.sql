-- The cells of open_by_clause, each by itself, for readers who are told bands: no case itself is read.
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
    exceptions.clause,
    exceptions.clause_says,
    exceptions.check_id,
    exceptions.check_title,
    exceptions.severity,
    exceptions.owner_role
order by newest.as_of asc, exceptions.pack asc, exceptions.clause asc, open_count asc
