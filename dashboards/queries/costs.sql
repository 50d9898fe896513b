-- What a run's requests cost, by source and endpoint.
select
    source,
    endpoint,
    cast(sum(requests) as bigint) as requests,
    cast(sum(resources) as bigint) as resources,
    cast(sum(usd) as decimal(12, 4)) as usd,
    cast(sum(units) as bigint) as units
from published.costs
where run_id = $run_id
group by source, endpoint
order by source asc, endpoint asc
