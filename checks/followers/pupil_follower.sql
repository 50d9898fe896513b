-- One row per current follower whose account a register declares as a pupil's, or that is likely to be one.
with suspects as (
    select
        matches.platform,
        matches.actor_id,
        min(matches.band) as band,
        string_agg(matches.person_id, ', ' order by matches.person_id) as roll_id,
        array_to_string(from_json(min(matches.reasons), '["varchar"]'), ' ') as signs,
        case when count(distinct people.year_group) = 1 then min(people.year_group) end as year_group
    from core.matches as matches
    left join core.people as people
        on
            matches.role = people.role
            and matches.person_id = people.person_id
    where
        matches.role = 'pupil'
        and matches.is_best
        and matches.band in ('declared', 'likely')
    group by all
),

described as (
    select
        platform,
        actor_id,
        band,
        roll_id,
        signs,
        case
            when upper(year_group) = 'R' then ' in Reception'
            when upper(year_group) = 'N' then ' in Nursery'
            when regexp_full_match(year_group, '[0-9]+') then ' in Year ' || year_group
            else coalesce(' in ' || year_group, '')
        end as in_year
    from suspects
)

select
    followers.platform,
    followers.account_id,
    followers.actor_id as subject_id,
    case described.band
        when 'declared' then 'An account declared as that of a pupil' || described.in_year
        else 'An account that may belong to a pupil' || described.in_year
    end
    || case followers.platform when 'youtube' then ' subscribes to @' else ' follows @' end
    || ltrim(accounts.handle, '@') || '.' as reason,
    coalesce('@' || ltrim(followers.handle, '@'), followers.actor_id) as account,
    case followers.platform
        when 'youtube' then 'https://www.youtube.com/channel/' || followers.actor_id
        else 'https://x.com/i/user/' || followers.actor_id
    end as link,
    described.band,
    described.signs,
    followers.display_name as shown_name,
    described.roll_id
from core.followers as followers
inner join described
    on
        followers.platform = described.platform
        and followers.actor_id = described.actor_id
inner join core.official_accounts as accounts
    on
        followers.platform = accounts.platform
        and followers.account_id = accounts.account_id
where followers.is_current
order by followers.platform, followers.account_id, followers.actor_id
