-- title: What it cost, by month
-- notes: Requests, dollars and quota units of each source in each month.
select
    month,
    source,
    sum(requests) as requests,
    sum(resources) as resources,
    sum(usd) as usd,
    sum(units) as units
from published.costs
group by month, source
order by month, source
