-- For each official account: how often its standing posts were reposted by the platform's count, and by whom we know.
with counted as (
    select
        platform,
        account_id,
        sum(repost_count)::bigint as platform_count
    from core.posts
    where is_current and kind != 'repost'
    group by all
),

fetched as (
    select
        reposts.platform,
        reposts.account_id,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from core.reposts as reposts
    left join core.profiles as profiles using (platform, actor_id)
    group by all
)

select
    listings.platform,
    listings.account_id,
    coalesce(counted.platform_count, 0) as platform_count,
    coalesce(fetched.fetched, 0) as fetched,
    coalesce(fetched.judged, 0) as judged,
    listings.is_whole or listings.stopped = 'known' as is_whole,
    listings.stopped as why
from core.listings as listings
left join counted using (platform, account_id)
left join fetched using (platform, account_id)
where listings.listing = 'reposts'
