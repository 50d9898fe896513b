-- Every subject that this run itself saw and could judge, so that its absence among the exceptions means something.
select
    follows.platform,
    follows.account_id,
    follows.actor_id as subject_id
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
inner join core.profiles as profiles
    on
        follows.platform = profiles.platform
        and follows.actor_id = profiles.account_id
where follows.direction = 'follower' and profiles.display_name is not null
union
select
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict in ('approved', 'unapproved')
union
select
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id
from raw.posts as posts
inner join core.audit on posts.run_id = audit.run_id
