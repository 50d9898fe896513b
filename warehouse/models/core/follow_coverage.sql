-- For each official account and direction: the platform's count, lines fetched now, and those with a profile to judge.
with fetched as (
    select
        follows.platform,
        follows.account_id,
        case follows.direction when 'follower' then 'followers' else follows.direction end as listing,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from raw.follows as follows
    inner join core.audit on follows.run_id = audit.run_id
    left join core.profiles as profiles using (platform, actor_id)
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.listing,
    listings.platform_count,
    coalesce(fetched.fetched, 0) as fetched,
    coalesce(fetched.judged, 0) as judged,
    listings.is_whole,
    listings.stopped as why
from core.listings as listings
left join fetched using (platform, account_id, listing)
where listings.listing in ('followers', 'following')
