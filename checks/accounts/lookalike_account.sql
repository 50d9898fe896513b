-- One row per account of others that is on no register of accounts, and official account that it touches; whose name
-- it bears, and the pupils about whom it is a page.
with somebodys as (
    select
        platform,
        actor_id,
        string_agg(distinct person_id, ', ' order by person_id)
        filter (where band = 'about' and role = 'pupil') as about
    from core.matches
    group by platform, actor_id
)

select
    touching.platform,
    touching.account_id,
    touching.actor_id,
    '@' || ltrim(accounts.handle, '@') as official,
    actors.handle,
    actors.display_name,
    actors.link,
    somebodys.actor_id is not null as bears_a_persons_name,
    somebodys.about as roll_id
from core.touching as touching
inner join core.actors as actors using (platform, actor_id)
left join somebodys using (platform, actor_id)
inner join core.official_accounts as accounts using (platform, account_id)
where
    not exists (
        select 1
        from core.registered_accounts as registered
        where
            registered.platform = actors.platform
            and core.is_on_line(registered.account_id, registered.handle, actors.actor_id, actors.handle)
    )
order by touching.platform, touching.account_id, touching.actor_id
