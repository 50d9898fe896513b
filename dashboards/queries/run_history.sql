-- The newest 26 runs, each with how it ended and how its cases stood: counts alone.
select
    runs.run_id,
    runs.as_of,
    runs.complete as is_complete,
    runs.cost_usd,
    runs.quota_units,
    count(exceptions.fingerprint) filter (where exceptions.is_open and exceptions.status = 'new') as new_count,
    count(exceptions.fingerprint) filter (where exceptions.is_open) as open_count,
    count(exceptions.fingerprint) filter (where exceptions.is_late) as late_count,
    count(exceptions.fingerprint) filter (where exceptions.status = 'gone') as closed_count
from published.runs as runs
left join published.exceptions as exceptions on runs.run_id = exceptions.run_id
group by
    runs.run_id,
    runs.as_of,
    runs.complete,
    runs.cost_usd,
    runs.quota_units
order by runs.as_of desc, runs.run_id desc
limit 26
