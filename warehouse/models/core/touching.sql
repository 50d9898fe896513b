-- One row per official account and account of others that follows it, is followed, writes, reposts or is answered.
select
    platform,
    account_id,
    actor_id
from core.follow_lines
where ended_on is null
union
select
    platform,
    account_id,
    actor_id
from core.comments
where is_current and actor_id != account_id
union
select
    platform,
    account_id,
    actor_id
from core.reposts
union
select
    platform,
    account_id,
    actor_id
from core.interactions
where actor_id is not null
