-- For each official account: pictures on its standing posts, and those that could be read and searched for faces.
with pictures as (
    select
        platform,
        account_id,
        count(*) as fetched,
        count(*) filter (where is_read and is_watched) as judged
    from core.pictures
    where is_ours
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
