-- For each official account: its standing posts and videos, and those that say when they went out.
with standing as (
    select
        platform,
        account_id,
        count(*) as posts,
        count(posted_at) as judged
    from core.posts
    where is_current and is_in_sight
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
