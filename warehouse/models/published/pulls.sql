-- How the pull of each source ended in each run; of an X archive also its day, and whether that is too long ago.
select
    pulls.run_id,
    pulls.source,
    pulls.state,
    pulls.error_kind,
    pulls.error_text,
    pulls.what_to_do,
    pulls.estimate_usd,
    pulls.estimate_units,
    pulls.started_at,
    pulls.finished_at,
    archives.made_on as archive_made_on,
    archives.is_old as archive_is_old
from raw.pulls as pulls
left join core.archive_days as archives using (run_id, source)
