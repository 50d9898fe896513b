-- For each official account: the accounts of others that touch it, and those whose public profile we have.
with counted as (
    select
        touching.platform,
        touching.account_id,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from core.touching as touching
    left join core.profiles as profiles using (platform, actor_id)
    group by all
)

select
    listings.platform,
    listings.account_id,
    null::bigint as platform_count,
    coalesce(max(counted.fetched), 0) as fetched,
    coalesce(max(counted.judged), 0) as judged,
    count(*) >= len(
        list_intersect(
            core.platform_features(listings.platform),
            ['followers', 'following', 'mentions', 'comments', 'reposts']
        )
    )
    and bool_and(
        listings.is_whole
        or (listings.stopped = 'known' and listings.listing not in ('followers', 'following'))
    ) as is_whole,
    coalesce(
        min(listings.stopped) filter (where listings.stopped not in ('end', 'known')),
        min(listings.stopped) filter (where listings.stopped = 'known'),
        'end'
    ) as why
from core.listings as listings
left join counted using (platform, account_id)
where listings.listing in ('followers', 'following', 'mentions', 'comments', 'reposts')
group by listings.platform, listings.account_id
