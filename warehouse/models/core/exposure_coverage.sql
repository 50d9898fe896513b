-- For each official account: pictures on its standing posts, and those that could be read and searched for faces.
select
    platform,
    account_id,
    null::bigint as platform_count,
    fetched,
    watched as judged,
    is_whole,
    why
from core.own_picture_counts
