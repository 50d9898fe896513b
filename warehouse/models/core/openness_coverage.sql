-- For each official account: whether this run was told if it lets its followers in one by one, or shows itself to all.
select
    accounts.platform,
    accounts.account_id,
    1::bigint as platform_count,
    count(profiles.account_id) as fetched,
    count(profiles.is_protected) as judged,
    count(profiles.is_protected) > 0 as is_whole,
    case
        when count(profiles.account_id) = 0 then 'not_found'
        when count(profiles.is_protected) = 0 then 'unsaid'
        else 'end'
    end as why
from core.official_accounts as accounts
cross join core.audit as audit
left join core.profiles as profiles
    on
        accounts.platform = profiles.platform
        and accounts.account_id = profiles.account_id
        and audit.as_of = profiles.seen_on
group by accounts.platform, accounts.account_id
