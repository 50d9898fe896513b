-- For each official account: the platform's count of comments, those that stand, and those whose writer has a profile.
select
    platform,
    account_id,
    platform_count,
    fetched,
    with_profile as judged,
    is_whole,
    why
from core.comment_counts
