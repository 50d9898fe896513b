-- For each official account: pictures on its standing posts, and those that could be read and searched for faces.
with pictures as (
    select
        media.platform,
        media.account_id,
        count(*) as fetched,
        count(*) filter (where verdicts.verdict != 'unreadable' and verdicts.people in ('yes', 'no')) as judged
    from core.media as media
    left join core.picture_verdicts as verdicts
        on
            media.platform = verdicts.platform
            and media.post_id = verdicts.post_id
            and media.medium_id = verdicts.medium_id
    where media.is_current and media.kind in ('photo', 'animated_gif', 'thumbnail', 'shorts_thumbnail')
    group by all
)

select
    walks.platform,
    walks.account_id,
    null::bigint as platform_count,
    coalesce(pictures.fetched, 0) as fetched,
    coalesce(pictures.judged, 0) as judged,
    walks.is_whole,
    walks.stopped as why
from core.walks as walks
left join pictures
    on
        walks.platform = pictures.platform
        and walks.account_id = pictures.account_id
where walks.walk = 'posts'
