-- What was asked of each endpoint and what it cost, in a run or before one by the doctor.
select
    strftime(coalesce(runs.as_of, requests.asked_at::date), '%Y-%m') as month,
    requests.run_id,
    requests.source,
    requests.endpoint,
    count(*) as requests,
    sum(requests.resources)::bigint as resources,
    sum(requests.usd)::decimal(12, 4) as usd,
    sum(requests.units)::bigint as units
from raw.requests as requests
left join raw.runs as runs on requests.run_id = runs.run_id
group by all
