-- For each official account: the photographs and animations on its standing posts, and those of which the source tells
-- the alternative text.
with standing as (
    select
        platform,
        account_id,
        count(*) as photos,
        count(*) filter (where is_alt_text_known and kind != 'unknown') as judged
    from core.media
    where is_current and kind in ('photo', 'animated_gif', 'unknown')
    group by all
)

select
    listings.platform,
    listings.account_id,
    null::bigint as platform_count,
    coalesce(standing.photos, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    listings.is_whole,
    listings.stopped as why
from core.listings as listings
left join standing using (platform, account_id)
where listings.listing = 'posts'
