-- For each official account: the platform's count of comments, and those that stand, judged by what they say.
select
    platform,
    account_id,
    platform_count,
    fetched,
    fetched as judged,
    is_whole,
    why
from core.comment_counts
