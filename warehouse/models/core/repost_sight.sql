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
    left join core.profiles as profiles
        on
            reposts.platform = profiles.platform
            and reposts.actor_id = profiles.account_id
    group by all
)

select
    walks.platform,
    walks.account_id,
    coalesce(counted.platform_count, 0) as platform_count,
    coalesce(fetched.fetched, 0) as fetched,
    coalesce(fetched.judged, 0) as judged,
    walks.is_whole or walks.stopped = 'known' as is_whole,
    walks.stopped as why
from core.walks as walks
left join counted
    on
        walks.platform = counted.platform
        and walks.account_id = counted.account_id
left join fetched
    on
        walks.platform = fetched.platform
        and walks.account_id = fetched.account_id
where walks.walk = 'reposts'
