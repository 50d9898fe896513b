-- Each place of a photograph whose approval has ended, in each run, as the newest row up to then that names it has it.
with told as (
    select
        exceptions.run_id,
        exceptions.fingerprint,
        exceptions.platform,
        exceptions.account_id,
        exceptions.subject_id,
        exceptions.proof,
        exceptions.is_seen_this_run,
        exceptions.due_on,
        exceptions.first_seen,
        states.as_of,
        states.stands,
        states.is_set_aside,
        json_extract_string(exceptions.evidence, '$.photograph_id') as photograph_id,
        json_extract_string(exceptions.evidence, '$.ended') as ended,
        coalesce(json_extract_string(exceptions.evidence, '$.what') = 'video', false) as is_video
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    where states.as_of is not null and exceptions.check_id in ('withdrawn_picture', 'unapproved_picture')
),

-- Whether the newest row of each case up to each run had been set aside.
decided as (
    select
        runs.run_id,
        told.fingerprint,
        told.is_set_aside
    from raw.runs as runs
    inner join told on runs.as_of >= told.as_of
    qualify row_number() over (partition by runs.run_id, told.fingerprint order by told.as_of desc) = 1
)

select
    runs.run_id,
    runs.as_of,
    told.fingerprint,
    told.platform,
    told.account_id,
    told.subject_id,
    told.photograph_id,
    told.ended,
    told.due_on,
    told.first_seen,
    told.is_video,
    told.is_seen_this_run,
    told.proof,
    told.as_of as told_on,
    told.as_of = runs.as_of and told.stands as is_raised
from raw.runs as runs
inner join told on runs.as_of >= told.as_of
inner join decided on runs.run_id = decided.run_id and told.fingerprint = decided.fingerprint
where
    told.photograph_id is not null
    and told.ended is not null
    -- What somebody decided to be mistaken or allowed is no task.
    and not decided.is_set_aside
qualify
    row_number() over (partition by runs.run_id, told.fingerprint, told.photograph_id order by told.as_of desc) = 1
