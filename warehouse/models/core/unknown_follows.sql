-- For each official account and list: lines of the run at hand to actors of whom nothing is known but the id, by what
-- the platform said when it was asked for them in this run: suspended, not there any more, not shown, or not asked.
with hidden as (
    select
        unavailable.platform,
        unavailable.subject_id as actor_id,
        min(unavailable.reason) as reason
    from raw.unavailable as unavailable
    inner join core.audit on unavailable.run_id = audit.run_id
    where unavailable.kind = 'actor'
    group by all
)

select
    follows.platform,
    follows.account_id,
    case follows.direction when 'follower' then 'followers' else follows.direction end as listing,
    follows.actor_id,
    case hidden.reason
        when 'suspended' then 'suspended'
        when 'resource-not-found' then 'gone'
        else if(hidden.reason is null, 'unasked', 'hidden')
    end as state
from raw.follows as follows
inner join core.audit on follows.run_id = audit.run_id
left join core.profiles as profiles using (platform, actor_id)
left join hidden using (platform, actor_id)
where profiles.display_name is null
