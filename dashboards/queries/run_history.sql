-- The newest 26 runs, each with how it ended and how its cases stood: counts alone. What was open in the run before and
-- is gone or set aside now was cleared.
with standing as (
    select
        run_id,
        status,
        is_open,
        is_late,
        coalesce(not is_open and lag(is_open) over (partition by fingerprint order by run_id), false) as is_cleared
    from published.exceptions
)

select
    runs.run_id,
    runs.as_of,
    runs.complete as is_complete,
    runs.cost_usd,
    runs.quota_units,
    count(*) filter (where standing.is_open and standing.status = 'new') as new_count,
    count(*) filter (where standing.is_open) as open_count,
    count(*) filter (where standing.is_late) as late_count,
    count(*) filter (where standing.is_cleared) as cleared_count
from published.runs as runs
left join standing on runs.run_id = standing.run_id
group by
    runs.run_id,
    runs.as_of,
    runs.complete,
    runs.cost_usd,
    runs.quota_units
order by runs.as_of desc, runs.run_id desc
limit 26
