-- Every official post and video, with the day on which it was found removed.
select
    platform,
    account_id,
    post_id,
    posted_at,
    posted_on,
    kind,
    title,
    text,
    visibility,
    first_seen,
    last_seen,
    removed_at
from core.posts
