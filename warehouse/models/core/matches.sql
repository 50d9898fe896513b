-- Who an account may belong to, in the run at hand.
select
    matches.platform,
    matches.actor_id,
    matches.person_id,
    matches.role,
    matches.band,
    matches.probability,
    matches.reasons,
    matches.is_best,
    matches.words,
    matches.one_of
from raw.matches as matches
inner join core.audit on matches.run_id = audit.run_id
