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
    where posts.is_current and posts.is_in_sight
    group by all
)

select
    walks.platform,
    walks.account_id,
    walks.platform_count,
    coalesce(standing.posts, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    walks.is_whole,
    walks.stopped as why
from core.walks as walks
left join standing
    on
        walks.platform = standing.platform
        and walks.account_id = standing.account_id
where walks.walk = 'posts'
