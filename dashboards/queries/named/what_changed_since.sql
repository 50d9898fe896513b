-- title: What changed since a day
-- notes: Every case that was new, came back or is gone in a run since that day, with the reason and, where it is gone, how that is known.
-- takes: since (day) the first day that counts
select
    run_id,
    status,
    check_id,
    platform,
    subject_id,
    reason,
    decision,
    proof
from published.exceptions
where run_id >= $since and status in ('new', 'changed', 'gone', 'reopened')
order by run_id, status, check_id, subject_id
