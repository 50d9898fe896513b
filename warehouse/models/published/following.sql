-- Everyone whom an official account was seen to follow.
select
    platform,
    account_id,
    actor_id,
    handle,
    display_name,
    first_seen,
    last_seen,
    ended_on
from core.following
