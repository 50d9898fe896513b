-- How the pull of each source ended in each run.
select
    run_id,
    source,
    state,
    error_kind,
    error_text,
    what_to_do,
    estimate_usd,
    estimate_units,
    started_at,
    finished_at
from raw.pulls
