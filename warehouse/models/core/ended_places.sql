-- Each place of a photograph whose approval has ended, in each run, as the newest row up to then that names it has it.
with cases as (
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
        exceptions.down_on,
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
        cases.fingerprint,
        cases.is_set_aside
    from raw.runs as runs
    inner join cases on runs.as_of >= cases.as_of
    qualify row_number() over (partition by runs.run_id, cases.fingerprint order by cases.as_of desc) = 1
)

select
    runs.run_id,
    runs.as_of,
    cases.fingerprint,
    cases.platform,
    cases.account_id,
    cases.subject_id,
    cases.photograph_id,
    cases.ended,
    cases.due_on,
    cases.first_seen,
    cases.is_video,
    cases.is_seen_this_run,
    cases.proof,
    cases.down_on,
    cases.as_of as case_as_of,
    cases.as_of = runs.as_of and cases.stands as is_raised,
    decided.is_set_aside
from raw.runs as runs
inner join cases on runs.as_of >= cases.as_of
inner join decided on runs.run_id = decided.run_id and cases.fingerprint = decided.fingerprint
where
    cases.photograph_id is not null
    and cases.ended is not null
qualify
    row_number() over (partition by runs.run_id, cases.fingerprint, cases.photograph_id order by cases.as_of desc) = 1
