-- Replies, mentions, quotes and comments on official business.
select
    platform,
    account_id,
    post_id,
    comment_id,
    actor_id,
    posted_at,
    posted_on,
    kind,
    text
from core.comments
