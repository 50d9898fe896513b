-- How many open cases of the newest run are about an account that is matched with one of these people.
select count(distinct exceptions.fingerprint) as cases
from published.exceptions as exceptions
inner join published.matches as matches
    on
        exceptions.run_id = matches.run_id
        and exceptions.platform = matches.platform
        and exceptions.subject_id = matches.actor_id
where
    exceptions.run_id = $run_id  -- noqa: RF02
    and exceptions.subject_kind = 'actor'
    and exceptions.is_open
    and matches.role = $role  -- noqa: RF02
    and list_contains(cast($ids as text[]), matches.person_id)  -- noqa: RF02
