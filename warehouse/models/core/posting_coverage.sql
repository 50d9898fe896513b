-- For each official account: its standing posts and videos, and those that say when they went out.
with standing as (
    select
        platform,
        account_id,
        count(*) as posts,
        count(posted_at) as judged
    from core.posts
    where is_current and is_covered
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.platform_count,
    coalesce(standing.posts, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    listings.is_whole,
    listings.stopped as why
from core.listings as listings
left join standing
    on
        listings.platform = standing.platform
        and listings.account_id = standing.account_id
where listings.listing = 'posts'
