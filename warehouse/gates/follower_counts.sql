-- A follower list that was walked whole holds about as many rows as the platform's own count.
select
    platform,
    fetched / nullif(platform_count, 0) as share
from core.follower_sight as sight
where
    is_whole
    and not exists (
        select 1
        from core.profiles as profiles
        where
            profiles.platform = sight.platform
            and profiles.account_id = sight.account_id
            and profiles.counts_are_rounded
    )
