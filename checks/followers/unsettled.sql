-- How many accounts on this side bear the name of somebody in these roles, where nothing settles whose account it is.
with lines as (
    select
        platform,
        account_id,
        actor_id
    from core.followers
    where is_current and $direction = 'follower'
    union all
    select
        platform,
        account_id,
        actor_id
    from core.following
    where is_current and $direction = 'following'
),

settled as (
    select
        platform,
        actor_id
    from core.matches
    group by platform, actor_id, role
    having
        bool_or(is_best and band in ('declared', 'likely'))
        or max(one_of) = count(one_of)
),

bearers as (
    select distinct
        platform,
        actor_id
    from core.matches
    where
        list_contains($roles, role)
        and band = 'possible'
),

unsettled as (
    select distinct
        lines.platform,
        lines.actor_id
    from lines
    inner join core.official_accounts using (platform, account_id)
    inner join bearers using (platform, actor_id)
    left join settled using (platform, actor_id)
    where settled.actor_id is null
)

select count(*) as accounts
from unsettled
