-- For each official account: its standing posts and videos, compared with the registers of people.
select
    platform,
    account_id,
    platform_count,
    fetched,
    judged,
    is_whole,
    why
from core.post_coverage
