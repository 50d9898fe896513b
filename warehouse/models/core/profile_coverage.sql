-- For each official account: whether its own public profile was fetched in the run at hand, and all of it.
with partly as (
    select distinct
        unavailable.platform,
        unavailable.subject_id as account_id
    from raw.unavailable as unavailable
    inner join core.audit on unavailable.run_id = audit.run_id
    where unavailable.kind = 'actor' and unavailable.reason = 'no_profile'
)

select
    accounts.platform,
    accounts.account_id,
    1::bigint as platform_count,
    count(profiles.account_id) as fetched,
    count(profiles.account_id) filter (where partly.account_id is null) as judged,
    count(profiles.account_id) > 0 as is_whole,
    case when count(profiles.account_id) > 0 then 'end' else 'not_found' end as why
from core.official_accounts as accounts
cross join core.audit as audit
left join core.profiles as profiles
    on
        accounts.platform = profiles.platform
        and accounts.account_id = profiles.account_id
        and audit.as_of = profiles.seen_on
left join partly
    on
        accounts.platform = partly.platform
        and accounts.account_id = partly.account_id
group by accounts.platform, accounts.account_id
