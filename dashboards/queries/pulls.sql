-- How the pull of each source ended in a run.
select
    source,
    state,
    error_kind,
    error_text,
    what_to_do,
    estimate_usd,
    estimate_units,
    epoch_ms(started_at) as started_ms,
    epoch_ms(finished_at) as finished_ms,
    archive_made_on,
    coalesce(archive_is_old, false) as archive_is_old
from published.pulls
where run_id = $run_id
order by source asc
