-- How each exception of each run stood when that run ended; no other place works it out.
-- It stands unless it is proved gone; it is open while it stands and no decision sets it aside; it is late when it is
-- open after the day by which it was due, and not on that day: the desk asks the same of the day that it is. What
-- somebody has planned is due on the planned day.
with dated as (
    select
        exceptions.run_id,
        exceptions.fingerprint,
        runs.as_of,
        case when exceptions.decision = 'planned' then exceptions.decided_until else exceptions.due_on end as due_on,
        runs.published_at is not null as is_published,
        exceptions.status != 'gone' as stands,
        coalesce(
            exceptions.decision in ('mistaken', 'allowed')
            and coalesce(exceptions.decided_until >= runs.as_of, true),
            false
        ) as is_set_aside
    from outcome.exceptions as exceptions
    left join raw.runs as runs on exceptions.run_id = runs.run_id
)

select
    run_id,
    fingerprint,
    as_of,
    is_published,
    due_on,
    stands,
    is_set_aside,
    stands and not is_set_aside as is_open,
    coalesce(stands and not is_set_aside and due_on < as_of, false) as is_late
from dated
