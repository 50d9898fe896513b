-- Every subject that stands in this run but could not be judged: that nothing was found of it says nothing.
with pictures as (
    select
        media.platform,
        media.account_id,
        media.medium_id as subject_id,
        coalesce(verdicts.verdict = 'unreadable' or not verdicts.is_fresh, true) as is_unread,
        verdicts.has_position is null as is_unsearched,
        coalesce(verdicts.people, 'unknown') = 'unknown' as is_unwatched
    from core.media as media
    left join core.picture_verdicts as verdicts
        on
            media.platform = verdicts.platform
            and media.post_id = verdicts.post_id
            and media.medium_id = verdicts.medium_id
    where
        media.is_current
        and media.kind in ('photo', 'animated_gif', 'thumbnail', 'shorts_thumbnail', 'comment_picture')
)

select
    'core.picture_sight' as sight,
    platform,
    account_id,
    subject_id
from pictures
where is_unread
union
select
    'core.exposure_sight' as sight,
    platform,
    account_id,
    subject_id
from pictures
where is_unread or is_unwatched
union
select
    'core.position_sight' as sight,
    platform,
    account_id,
    subject_id
from pictures
where is_unsearched
union
select
    case follows.direction when 'follower' then 'core.follower_sight' else 'core.following_sight' end as sight,
    follows.platform,
    follows.account_id,
    follows.actor_id as subject_id
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
left join core.profiles as profiles
    on
        follows.platform = profiles.platform
        and follows.actor_id = profiles.account_id
where profiles.display_name is null
