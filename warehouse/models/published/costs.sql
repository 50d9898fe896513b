-- What was asked of each endpoint and what it cost.
select
    strftime(runs.as_of, '%Y-%m') as month,
    requests.run_id,
    requests.source,
    requests.endpoint,
    count(*) as requests,
    sum(requests.resources)::bigint as resources,
    sum(requests.usd)::decimal(12, 4) as usd,
    sum(requests.units)::bigint as units
from raw.requests as requests
inner join raw.runs as runs on requests.run_id = runs.run_id
group by all
