-- For each official account: whom it follows by the platform's count, lines fetched now, and those with a profile.
select
    platform,
    account_id,
    platform_count,
    fetched,
    judged,
    is_whole,
    why
from core.follow_coverage
where listing = 'following'
