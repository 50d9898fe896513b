-- For each official account: the platform's own count, followers fetched now, and those with a profile to judge.
select
    platform,
    account_id,
    platform_count,
    fetched,
    judged,
    is_whole,
    why
from core.follow_coverage
where listing = 'followers'
