-- For each official account: its standing posts and videos, and those that say when they went out.
select
    platform,
    account_id,
    platform_count,
    fetched,
    dated as judged,
    is_whole,
    why
from core.post_counts
