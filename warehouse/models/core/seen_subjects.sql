-- Every subject that this run saw and could judge, by the population it belongs to: its absence then means something.
select
    case follows.direction when 'follower' then 'core.follower_sight' else 'core.following_sight' end as sight,
    follows.platform,
    follows.account_id,
    follows.actor_id as subject_id
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
inner join core.profiles as profiles
    on
        follows.platform = profiles.platform
        and follows.actor_id = profiles.account_id
where profiles.display_name is not null
union
select
    'core.picture_sight' as sight,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict in ('approved', 'altered', 'unapproved') and verdicts.is_fresh
union
select
    'core.exposure_sight' as sight,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict != 'unreadable' and verdicts.people in ('yes', 'no')
union
select
    'core.position_sight' as sight,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.has_position is not null
union
select
    sights.sight,
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id
from raw.posts as posts
inner join core.audit on posts.run_id = audit.run_id
cross join
    (
        values
        ('core.post_sight'),
        ('core.named_post_sight'),
        ('core.posting_sight'),
        ('core.picture_sight'),
        ('core.interaction_sight')
    ) as sights (sight)
union
select
    'core.photo_sight' as sight,
    media.platform,
    media.account_id,
    media.medium_id as subject_id
from raw.media as media
inner join core.audit on media.run_id = audit.run_id
union
select
    'core.comment_sight' as sight,
    comments.platform,
    comments.account_id,
    comments.comment_id as subject_id
from raw.comments as comments
inner join core.audit on comments.run_id = audit.run_id
