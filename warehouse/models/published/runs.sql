-- One audit of the school as of one day.
with paid as (
    select
        run_id,
        sum(usd) as cost_usd,
        sum(units)::bigint as quota_units
    from raw.requests
    group by run_id
),

chain as (
    select
        run_id,
        count(*) as pages,
        sha256(string_agg(sha256, '' order by source, listing, number)) as pages_sha256
    from raw.pages
    group by run_id
)

select
    runs.run_id,
    runs.school_id,
    runs.school_name,
    runs.pack,
    runs.as_of,
    runs.started_at,
    runs.finished_at,
    runs.is_complete as complete,
    coalesce(paid.cost_usd, 0)::decimal(12, 4) as cost_usd,
    coalesce(paid.quota_units, 0) as quota_units,
    coalesce(chain.pages, 0) as pages,
    chain.pages_sha256,
    runs.is_day_doubted
from raw.runs as runs
left join paid on runs.run_id = paid.run_id
left join chain on runs.run_id = chain.run_id
