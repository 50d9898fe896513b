-- A follower list that was read whole holds about as many rows as the platform's own count.
select
    platform,
    fetched / nullif(platform_count, 0) as share
from core.follower_coverage as coverage
where
    is_whole
    and not exists (
        select 1
        from core.profiles as profiles
        where
            profiles.platform = coverage.platform
            and profiles.account_id = coverage.account_id
            and profiles.counts_are_rounded
    )
