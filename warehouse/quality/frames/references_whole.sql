-- Every picture belongs to a post, every verdict to a picture, and no account id is blank.
select
    'media' as part,
    count(*) as orphans
from raw.media as media
inner join core.audit on media.run_id = audit.run_id
where
    not exists (
        select 1
        from raw.posts as posts
        where
            posts.run_id = media.run_id
            and posts.platform = media.platform
            and posts.post_id = media.post_id
    )
union all
select
    'follows' as part,
    count(*) as orphans
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
where trim(follows.actor_id) = ''
union all
select
    'verdicts' as part,
    count(*) as orphans
from core.picture_verdicts as verdicts
where
    not exists (
        select 1
        from core.media as media
        where
            media.platform = verdicts.platform
            and media.medium_id = verdicts.medium_id
    )
