-- Everyone who was seen to follow an official account.
select
    platform,
    account_id,
    actor_id,
    handle,
    display_name,
    first_seen,
    last_seen,
    ended_on
from core.followers
