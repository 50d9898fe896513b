-- How many accounts in touch with official ones bear the name of somebody in these roles, where nothing settles whose
-- account it is. Whoever is known to be grown up and to have left is nobody to look for.
with lines as (
    select
        'follower' as touch,
        platform,
        account_id,
        actor_id
    from core.followers
    where is_current
    union all
    select
        'following' as touch,
        platform,
        account_id,
        actor_id
    from core.following
    where is_current
    union all
    select
        'writer' as touch,
        platform,
        account_id,
        actor_id
    from core.comments
    where is_current
    union all
    select
        'reposter' as touch,
        reposts.platform,
        reposts.account_id,
        reposts.actor_id
    from core.reposts as reposts
    semi join core.media using (platform, account_id, post_id)
    union all
    select
        'partner' as touch,
        platform,
        account_id,
        actor_id
    from core.interactions
),

touching as (
    select
        platform,
        account_id,
        actor_id
    from lines
    where touch = $touch
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

named as (
    select
        platform,
        actor_id,
        role,
        person_id
    from core.matches
    where
        list_contains($roles, role)
        and band = 'possible'
),

grown_up as (
    select
        role,
        person_id
    from core.people
    where role = 'leaver' and coalesce(date_of_birth, left_on) + to_years($until_age) <= $as_of
),

bearers as (
    select distinct
        named.platform,
        named.actor_id
    from named
    anti join grown_up using (role, person_id)
),

unsettled as (
    select distinct
        touching.platform,
        touching.actor_id
    from touching
    inner join core.official_accounts using (platform, account_id)
    inner join bearers using (platform, actor_id)
    left join settled using (platform, actor_id)
    where settled.actor_id is null
)

select count(*) as accounts
from unsettled
