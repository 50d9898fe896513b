-- Every post of somebody else that an official account likes, as the run at hand saw it; the actor is its author.
select
    likes.platform,
    likes.account_id,
    likes.post_id,
    likes.actor_id,
    core.post_link(likes.platform, likes.post_id) as link
from raw.likes as likes
inner join core.audit on likes.run_id = audit.run_id
