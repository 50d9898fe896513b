-- Every reply, repost, quote and like of an official account that stands, and whom it was for where the platform says.
select
    platform,
    account_id,
    post_id,
    case kind when 'reply' then coalesce(in_reply_to_actor_id, refers_to_actor_id) else refers_to_actor_id end
        as actor_id,
    kind,
    posted_at,
    link
from core.posts
where is_current and kind in ('reply', 'repost', 'quote')
union all
select
    platform,
    account_id,
    post_id,
    actor_id,
    'like' as kind,
    null::timestamptz as posted_at,
    link
from core.likes
