-- For each official account: when it was opened and first seen in use, by the school's clock, and what the register of
-- accounts says of its approval, by the line with the earliest. is_first_use_seen says whether every post was listed.
with lines as (
    select
        accounts.platform,
        accounts.account_id,
        lines.approved_on,
        lines.shared_with_head_on,
        lines.changed_on,
        lines.unread_days,
        nullif(trim(lines.approved_by), '') as approved_by
    from core.official_accounts as accounts
    inner join core.registered_accounts as lines
        on
            accounts.platform = lines.platform
            and core.is_on_line(lines.account_id, lines.handle, accounts.account_id, accounts.handle)
    qualify row_number() over (
        partition by accounts.platform, accounts.account_id order by lines.approved_on, lines.approved_by
    ) = 1
),

used as (
    select
        platform,
        account_id,
        min(posted_on) as first_used_on,
        bool_and(posted_at is not null) as are_dated
    from core.posts
    group by all
)

select
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    accounts.link,
    lines.approved_on,
    lines.approved_by,
    lines.shared_with_head_on,
    lines.changed_on,
    lines.unread_days,
    used.first_used_on,
    lines.account_id is not null as is_listed,
    (profiles.created_at at time zone school.timezone)::date as opened_on,
    coalesce(listings.is_whole and coalesce(used.are_dated, true), false) as is_first_use_seen
from core.official_accounts as accounts
cross join core.school as school
left join lines using (platform, account_id)
left join used using (platform, account_id)
left join core.profiles as profiles using (platform, account_id)
left join core.listings as listings
    on
        accounts.platform = listings.platform
        and accounts.account_id = listings.account_id
        and listings.listing = 'posts'
