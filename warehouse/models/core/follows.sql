-- Every line between an official account and an actor, by direction, with the actor's newest public profile.
select
    follows.direction,
    follows.platform,
    follows.account_id,
    follows.actor_id,
    profiles.handle,
    profiles.display_name,
    profiles.bio,
    profiles.location,
    follows.first_seen,
    follows.last_seen,
    follows.ended_on,
    follows.followed_at,
    follows.ended_on is null as is_current,
    core.actor_link(follows.platform, follows.actor_id) as link
from core.follow_lines as follows
left join core.profiles as profiles using (platform, actor_id)
