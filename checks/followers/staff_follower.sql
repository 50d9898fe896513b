-- One row per current follower whose account a register declares as a member of staff's, or that is likely to be one.
with suspects as (
    select
        platform,
        actor_id,
        min(band) as band,
        string_agg(person_id, ', ' order by person_id) as roll_id,
        array_to_string(from_json(min(reasons), '["varchar"]'), ' ') as signs
    from core.matches
    where
        role = 'staff'
        and is_best
        and band in ('declared', 'likely')
    group by all
)

select
    followers.platform,
    followers.account_id,
    followers.actor_id as subject_id,
    case suspects.band
        when 'declared' then 'An account declared as that of a member of staff'
        else 'An account that may belong to a member of staff'
    end
    || case followers.platform when 'youtube' then ' subscribes to @' else ' follows @' end
    || ltrim(accounts.handle, '@') || '.' as reason,
    coalesce('@' || ltrim(followers.handle, '@'), followers.actor_id) as account,
    case followers.platform
        when 'youtube' then 'https://www.youtube.com/channel/' || followers.actor_id
        else 'https://x.com/i/user/' || followers.actor_id
    end as link,
    suspects.band,
    suspects.signs,
    followers.display_name as shown_name,
    suspects.roll_id
from core.followers as followers
inner join suspects
    on
        followers.platform = suspects.platform
        and followers.actor_id = suspects.actor_id
inner join core.official_accounts as accounts
    on
        followers.platform = accounts.platform
        and followers.account_id = accounts.account_id
where followers.is_current
order by followers.platform, followers.account_id, followers.actor_id
