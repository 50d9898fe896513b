-- Every follower and followed account belongs to an account of ours and has an id as its platform writes ids.
select
    follows.platform,
    follows.direction,
    if(follows.platform = 'x', follows.actor_id, null) as x_id,
    if(follows.platform = 'youtube', follows.actor_id, null) as youtube_id,
    if(accounts.account_id is null, 0, 1) as is_ours
from raw.follows as follows
inner join core.audit using (run_id)
left join raw.official_accounts as accounts using (run_id, platform, account_id)
