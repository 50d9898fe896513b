-- What was paid in a month, such as 2026-11, in how many runs, and whether anything was asked beside them.
select
    count(distinct runs.run_id) as runs,
    count(*) > count(runs.run_id) as has_more,
    cast(coalesce(sum(costs.usd), 0) as decimal(12, 4)) as usd,
    cast(coalesce(sum(costs.units), 0) as bigint) as units
from published.costs as costs
left join published.runs as runs on costs.run_id = runs.run_id
where costs.month = $month  -- noqa: RF02
