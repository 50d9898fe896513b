-- What was paid in a month, such as 2026-11, and by how many runs.
select
    count(distinct run_id) as runs,
    cast(coalesce(sum(usd), 0) as decimal(12, 4)) as usd,
    cast(coalesce(sum(units), 0) as bigint) as units
from published.costs
where month = $month
