-- Every subject that this run saw and could judge, by the population it belongs to: its absence then means something.
with kinds as (
    select distinct
        population as coverage,
        subject
    from core.populations
),

pictured as (
    select distinct
        platform,
        account_id,
        post_id,
        medium_id
    from raw.media
),

-- The posts that this run read, by every edition that was ever seen of them.
read_now as (
    select
        versions.platform,
        versions.account_id,
        versions.post_id,
        posts.visibility,
        versions.post_id != posts.post_id as is_outdated
    from core.posts as posts
    inner join core.audit on posts.read_on = audit.as_of
    inner join core.post_versions as versions using (platform, account_id, first_version_id)
    where posts.visibility = 'private' or versions.post_id != posts.post_id
),

settled as (
    select
        pictured.platform,
        pictured.account_id,
        pictured.medium_id
    from read_now
    inner join pictured using (platform, account_id, post_id)
    left join core.media as media using (platform, account_id, medium_id)
    where read_now.visibility = 'private' or media.medium_id is null
)

select
    case follows.direction when 'follower' then 'core.follower_coverage' else 'core.following_coverage' end as coverage,
    follows.platform,
    follows.account_id,
    follows.actor_id as subject_id
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
inner join core.profiles as profiles
    on
        follows.platform = profiles.platform
        and follows.actor_id = profiles.account_id
        and audit.as_of = profiles.seen_on
where profiles.display_name is not null
union
select
    coverages.coverage,
    touching.platform,
    touching.account_id,
    touching.actor_id as subject_id
from core.touching as touching
inner join core.profiles as profiles using (platform, actor_id)
inner join core.audit on profiles.seen_on = audit.as_of
inner join kinds as coverages on coverages.subject = 'actor'
where profiles.display_name is not null
union
-- A picture is put right only where all of it is approved: what is not found any more may have lost its row.
select
    'core.picture_coverage' as coverage,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict = 'approved' and verdicts.is_fresh
union
-- What nobody can see any more needs no approval; and an edited post shows what its newest edition shows.
select
    coverages.coverage,
    settled.platform,
    settled.account_id,
    settled.medium_id as subject_id
from settled
inner join kinds as coverages on coverages.subject = 'picture'
union
select
    'core.exposure_coverage' as coverage,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.verdict != 'unreadable' and verdicts.people in ('yes', 'no')
union
select
    'core.position_coverage' as coverage,
    verdicts.platform,
    verdicts.account_id,
    verdicts.medium_id as subject_id
from core.picture_verdicts as verdicts
where verdicts.has_position is not null
union
select
    coverages.coverage,
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id
from raw.posts as posts
inner join core.audit on posts.run_id = audit.run_id
inner join kinds as coverages on coverages.subject = 'post'
union
-- A video is itself a subject where it must be on the register.
select
    'core.picture_coverage' as coverage,
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
    'core.photo_coverage' as coverage,
    media.platform,
    media.account_id,
    media.medium_id as subject_id
from raw.media as media
inner join core.audit on media.run_id = audit.run_id
union
select
    'core.comment_coverage' as coverage,
    comments.platform,
    comments.account_id,
    comments.comment_id as subject_id
from raw.comments as comments
inner join core.audit on comments.run_id = audit.run_id
