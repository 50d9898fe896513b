-- How many current followers bear the name of somebody in this role, where nothing settles whose account it is.
with bearers as (
    select
        platform,
        actor_id
    from core.matches
    where
        role = $role
        and band = 'possible'
),

settled as (
    select
        platform,
        actor_id
    from core.matches
    where
        is_best
        and band in ('declared', 'likely')
),

unsettled as (
    select distinct
        followers.platform,
        followers.actor_id
    from core.followers as followers
    inner join core.official_accounts as accounts
        on
            followers.platform = accounts.platform
            and followers.account_id = accounts.account_id
    inner join bearers
        on
            followers.platform = bearers.platform
            and followers.actor_id = bearers.actor_id
    left join settled
        on
            followers.platform = settled.platform
            and followers.actor_id = settled.actor_id
    where
        followers.is_current
        and settled.actor_id is null
)

select count(*) as accounts
from unsettled
