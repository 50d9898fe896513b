-- For each official account and direction: the platform's count, lines fetched now, and those with a profile to judge.
with fetched as (
    select
        follows.platform,
        follows.account_id,
        case follows.direction when 'follower' then 'followers' else follows.direction end as walk,
        count(*) as fetched,
        count(profiles.display_name) as judged
    from raw.follows as follows
    inner join core.audit on follows.run_id = audit.run_id
    left join core.profiles as profiles
        on
            follows.platform = profiles.platform
            and follows.actor_id = profiles.account_id
    group by all
)

select
    walks.platform,
    walks.account_id,
    walks.walk,
    walks.platform_count,
    coalesce(fetched.fetched, 0) as fetched,
    coalesce(fetched.judged, 0) as judged,
    walks.is_whole,
    walks.stopped as why
from core.walks as walks
left join fetched
    on
        walks.platform = fetched.platform
        and walks.account_id = fetched.account_id
        and walks.walk = fetched.walk
where walks.walk in ('followers', 'following')
