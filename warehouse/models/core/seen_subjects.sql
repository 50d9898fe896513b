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
    sights.sight,
    touching.platform,
    touching.account_id,
    touching.actor_id as subject_id
from core.touching as touching
inner join core.profiles as profiles
    on
        touching.platform = profiles.platform
        and touching.actor_id = profiles.account_id
inner join core.audit on profiles.seen_on = audit.as_of
cross join (values ('core.commenter_sight'), ('core.repost_sight'), ('core.actor_sight')) as sights (sight)
where profiles.display_name is not null
union
-- A picture is put right only where all of it is approved: what is not found any more may have lost its row.
select
    'core.picture_sight' as sight,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict = 'approved' and verdicts.is_fresh
union
-- What nobody can see any more needs no approval.
select
    sights.sight,
    media.platform,
    media.account_id,
    media.medium_id as subject_id
from raw.media as media
inner join raw.posts as posts
    on
        media.platform = posts.platform
        and media.account_id = posts.account_id
        and media.post_id = posts.post_id
inner join core.audit on posts.run_id = audit.run_id
cross join
    (
        values ('core.picture_sight'), ('core.exposure_sight'), ('core.position_sight'), ('core.photo_sight')
    ) as sights (sight)
where posts.visibility = 'private'
union
-- An edited post shows what its newest edition shows.
select
    sights.sight,
    media.platform,
    media.account_id,
    media.medium_id as subject_id
from raw.media as media
inner join core.post_versions as versions
    on
        media.platform = versions.platform
        and media.account_id = versions.account_id
        and media.post_id = versions.post_id
inner join core.posts as posts
    on
        versions.platform = posts.platform
        and versions.account_id = posts.account_id
        and versions.first_version_id = posts.first_version_id
        and versions.post_id != posts.post_id
inner join core.audit on posts.read_on = audit.as_of
cross join
    (
        values ('core.picture_sight'), ('core.exposure_sight'), ('core.position_sight'), ('core.photo_sight')
    ) as sights (sight)
where
    not exists (
        select 1
        from core.media as kept
        where
            kept.platform = media.platform
            and kept.account_id = media.account_id
            and kept.medium_id = media.medium_id
    )
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
        ('core.interaction_sight')
    ) as sights (sight)
union
-- A video is itself a subject where it must be on the register.
select
    'core.picture_sight' as sight,
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id
from raw.posts as posts
inner join core.audit on posts.run_id = audit.run_id
where
    posts.kind = 'video'
    and (
        posts.visibility = 'private'
        or exists (
            select 1
            from core.photographs as photographs
            where photographs.video_id = posts.post_id
        )
    )
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
