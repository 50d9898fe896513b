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
    lists.platform,
    lists.account_id,
    null::bigint as platform_count,
    coalesce(pictures.fetched, 0) as fetched,
    coalesce(pictures.judged, 0) as judged,
    lists.is_whole,
    lists.why
-- A channel's own comments hold pictures of ours too, so that the lists that they stand in count here as there.
from core.picture_coverage as lists
left join pictures
    on
        lists.platform = pictures.platform
        and lists.account_id = pictures.account_id
