-- For each official account: its replies, reposts, quotes and likes, and those of which we know for whom they were.
with standing as (
    select
        interactions.platform,
        interactions.account_id,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from core.interactions as interactions
    left join core.profiles as profiles using (platform, actor_id)
    group by all
),

lists as (
    select
        platform,
        account_id,
        count(*) = 2 and bool_and(is_whole or (listing = 'posts' and stopped = 'known')) as is_whole,
        coalesce(min(stopped) filter (where stopped not in ('end', 'known')), 'end') as why
    from core.listings
    where listing in ('posts', 'likes')
    group by all
)

select
    lists.platform,
    lists.account_id,
    null::bigint as platform_count,
    coalesce(standing.fetched, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    lists.is_whole,
    lists.why
from lists
left join standing using (platform, account_id)
