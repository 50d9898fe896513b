-- One run of one school, with the span of it in UTC.
select
    run_id,
    school_id,
    school_name,
    pack,
    as_of,
    epoch_ms(started_at) as started_ms,
    epoch_ms(finished_at) as finished_ms,
    complete as is_complete,
    cost_usd,
    quota_units,
    pages,
    pages_sha256,
    is_day_doubted
from published.runs
where run_id = $run_id
