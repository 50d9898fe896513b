-- Every account of others that touches an official one, with its newest public profile.
with touching as (
    select distinct
        platform,
        actor_id
    from core.touching
)

select
    touching.platform,
    touching.actor_id,
    profiles.handle,
    profiles.display_name,
    profiles.bio,
    profiles.location,
    profiles.url,
    profiles.picture_url,
    core.actor_link(touching.platform, touching.actor_id) as link
from touching
left join core.profiles as profiles using (platform, actor_id)
where
    not exists (
        select 1
        from core.official_accounts as accounts
        where
            accounts.platform = touching.platform
            and accounts.account_id = touching.actor_id
    )
