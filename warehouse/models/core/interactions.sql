-- Every reply, repost, quote and like of an official account that stands, and whom it was for where the platform says.
select
    platform,
    account_id,
    post_id,
    case kind when 'reply' then coalesce(in_reply_to_actor_id, refers_to_actor_id) else refers_to_actor_id end
        as actor_id,
    kind,
    posted_on,
    link
from core.posts
where is_current and kind in ('reply', 'repost', 'quote')
union all
-- What the account likes, as the run at hand saw it; the actor is the author.
select
    likes.platform,
    likes.account_id,
    likes.post_id,
    likes.actor_id,
    'like' as kind,
    null::date as posted_on,
    core.post_link(likes.platform, likes.post_id) as link
from raw.likes as likes
inner join core.audit on likes.run_id = audit.run_id
