-- Who an account may belong to, by roll id, with how sure the program is and what a person decided.
with decided as (
    select
        run_id,
        platform,
        subject_id,
        any_value(decision) as decision
    from outcome.exceptions
    where subject_kind = 'actor'
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
    decided.decision
from raw.matches as matches
left join decided
    on
        matches.run_id = decided.run_id
        and matches.platform = decided.platform
        and matches.actor_id = decided.subject_id
