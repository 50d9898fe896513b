-- For each official account: its standing posts and videos, and those that can be judged by what they say, all of it.
select
    platform,
    account_id,
    platform_count,
    fetched,
    readable as judged,
    is_whole,
    why
from core.post_counts
