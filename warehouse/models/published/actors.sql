-- What each account that a case of the newest run is about shows of itself in public, and when that was seen.
with subjects as (
    select distinct
        exceptions.platform,
        exceptions.subject_id as actor_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    inner join core.audit on exceptions.run_id = audit.run_id
    where exceptions.subject_kind = 'actor' and states.stands
)

select
    subjects.platform,
    subjects.actor_id,
    profiles.handle,
    profiles.display_name,
    profiles.bio,
    profiles.followers_count,
    profiles.following_count,
    profiles.is_protected,
    core.actor_link(subjects.platform, subjects.actor_id) as link,
    profiles.seen_on
from subjects
inner join core.profiles as profiles using (platform, actor_id)
