-- Each photograph whose approval has ended: where it stood, where a run has seen it gone, and where it still stands.
with told as (
    select
        exceptions.fingerprint,
        exceptions.platform,
        exceptions.status,
        exceptions.is_seen_this_run,
        exceptions.due_on,
        exceptions.first_seen,
        runs.as_of,
        json_extract_string(exceptions.evidence, '$.photograph_id') as photograph_id,
        json_extract_string(exceptions.evidence, '$.ended') as ended
    from outcome.exceptions as exceptions
    inner join raw.runs as runs on exceptions.run_id = runs.run_id
    where
        exceptions.check_id in ('withdrawn_picture', 'unapproved_picture')
        -- What somebody decided to be mistaken or allowed is no task.
        and coalesce(exceptions.decision, '') not in ('mistaken', 'allowed')
),

-- Every place as it stood in the newest run up to each run.
places as (
    select
        runs.run_id,
        runs.as_of,
        told.fingerprint,
        told.platform,
        told.photograph_id,
        told.ended,
        told.status,
        told.due_on,
        told.first_seen,
        told.as_of as told_on,
        told.status != 'gone' and not told.is_seen_this_run as is_unseen
    from raw.runs as runs
    inner join told on runs.as_of >= told.as_of
    where told.photograph_id is not null and told.ended is not null
    qualify row_number() over (partition by runs.run_id, told.fingerprint order by told.as_of desc) = 1
)

select
    run_id,
    photograph_id,
    max(ended) as ended,
    min(first_seen) as since,
    min(due_on) as due_on,
    count(*) as places,
    count(*) filter (where status = 'gone') as gone,
    count(*) filter (where is_unseen) as unseen,
    string_agg(distinct platform, ';' order by platform) filter (where status = 'gone') as gone_from,
    string_agg(distinct platform, ';' order by platform) filter (where status != 'gone') as stands_on,
    case
        when count(*) filter (where status = 'gone') = 0 then 'standing'
        when count(*) filter (where status != 'gone') > 0 then 'half'
        else 'gone'
    end as state,
    max(told_on) filter (where status = 'gone') as last_gone_on
from places
group by run_id, as_of, photograph_id
-- What was proved gone is told once, in the run that saw it.
having count(*) filter (where status != 'gone') > 0 or max(told_on) = as_of
