-- For each official account: pictures on its standing posts, and those that this run read for faces, or for a position.
-- A channel's own comments hold pictures of ours too, so that the lists that they stand in count here as there.
with pictures as (
    select
        platform,
        account_id,
        count(*) as fetched,
        count(*) filter (where is_read and is_watched) as judged,
        count(*) filter (where is_searched) as searched
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
    coalesce(pictures.searched, 0) as searched,
    lists.is_whole,
    lists.why
from core.picture_coverage as lists
left join pictures using (platform, account_id)
