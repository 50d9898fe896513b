-- For each official account: its standing posts and videos, and those that can be judged by what they say, all of it.
with standing as (
    select
        posts.platform,
        posts.account_id,
        count(*) as posts,
        count(*) filter (where unread.post_id is null) as judged
    from core.posts as posts
    left join core.unread_posts as unread
        on
            posts.platform = unread.platform
            and posts.account_id = unread.account_id
            and posts.post_id = unread.post_id
    where posts.is_current and posts.is_covered
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
