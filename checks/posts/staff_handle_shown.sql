-- One row per handle that the staff register declares and that no account bears which the school has met.
with declared as (
    unpivot (
        select
            person_id,
            x_account as x,
            youtube_account as youtube
        from core.people
        where role = 'staff'
    )
    on x, youtube
    into name platform value account
),

handles as (
    select
        platform,
        person_id,
        lower(ltrim(trim(account), '@')) as handle
    from declared
)

select
    handles.platform,
    handles.handle,
    string_agg(distinct handles.person_id, ', ' order by handles.person_id) as roll_id
from handles
anti join core.actors as actors
    on
        handles.platform = actors.platform
        and handles.handle = lower(ltrim(actors.handle, '@'))
anti join core.official_accounts as accounts
    on
        handles.platform = accounts.platform
        and handles.handle = lower(ltrim(accounts.handle, '@'))
group by handles.platform, handles.handle
order by handles.platform, handles.handle
