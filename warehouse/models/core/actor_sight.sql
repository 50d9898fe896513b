-- For each official account: the accounts of others that touch it, and those whose public profile we have.
with counted as (
    select
        touching.platform,
        touching.account_id,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from core.touching as touching
    left join core.profiles as profiles
        on
            touching.platform = profiles.platform
            and touching.actor_id = profiles.account_id
    group by all
)

select
    walks.platform,
    walks.account_id,
    null::bigint as platform_count,
    coalesce(max(counted.fetched), 0) as fetched,
    coalesce(max(counted.judged), 0) as judged,
    count(*) >= len(
        list_intersect(
            core.platform_features(walks.platform),
            ['followers', 'following', 'mentions', 'comments', 'reposts']
        )
    )
    and bool_and(
        walks.is_whole
        or (walks.stopped = 'known' and walks.walk not in ('followers', 'following'))
    ) as is_whole,
    coalesce(
        min(walks.stopped) filter (where walks.stopped not in ('end', 'known')),
        min(walks.stopped) filter (where walks.stopped = 'known'),
        'end'
    ) as why
from core.walks as walks
left join counted
    on
        walks.platform = counted.platform
        and walks.account_id = counted.account_id
where walks.walk in ('followers', 'following', 'mentions', 'comments', 'reposts')
group by walks.platform, walks.account_id
