-- For each official account: the list of its posts, and of those that stand how many can be read whole or are dated.
with standing as (
    select
        posts.platform,
        posts.account_id,
        count(*) as fetched,
        count(*) filter (where unread.post_id is null) as judged,
        count(posts.posted_at) as dated
    from core.posts as posts
    left join core.unread_posts as unread using (platform, account_id, post_id)
    where posts.is_current and posts.is_covered
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.platform_count,
    coalesce(standing.fetched, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    coalesce(standing.dated, 0) as dated,
    listings.is_whole,
    listings.stopped as why
from core.listings as listings
left join standing using (platform, account_id)
where listings.listing = 'posts'
