-- Who an account may belong to, by roll id, how sure the program is and what a person decided: it is in no report.
with decided as (
    select
        run_id,
        platform,
        subject_id,
        json_extract_string(evidence, '$.roll_id') as roll_ids,
        any_value(decision) as decision
    from outcome.exceptions
    where
        subject_kind = 'actor'
        and decision is not null
        and check_id != 'lookalike_account'  -- which says about whom a page is, and never whose
    group by all
)

select
    matches.run_id,
    matches.platform,
    matches.actor_id,
    matches.person_id,
    matches.role,
    matches.band,
    matches.probability,
    matches.is_best,
    matches.score,
    matches.runner_up,
    matches.reasons,
    matches.against,
    min(decided.decision) as decision
from raw.matches as matches
left join decided
    on
        matches.run_id = decided.run_id
        and matches.platform = decided.platform
        and matches.actor_id = decided.subject_id
        and list_contains(string_split(decided.roll_ids, ', '), matches.person_id)
group by all
