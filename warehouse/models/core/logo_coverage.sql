-- For each official account: whether its profile picture was looked at beside the school's logo in the run at hand.
select
    accounts.platform,
    accounts.account_id,
    1::bigint as platform_count,
    (profiles.picture_url is not null)::bigint as fetched,
    (pictures.is_shown is not null)::bigint as judged,
    pictures.is_shown is not null as is_whole,
    case when pictures.is_shown is not null then 'end' else coalesce(pictures.problem, 'no_picture') end as why
from core.official_accounts as accounts
cross join core.audit as audit
left join core.profiles as profiles
    on
        accounts.platform = profiles.platform
        and accounts.account_id = profiles.account_id
        and audit.as_of = profiles.seen_on
left join core.profile_pictures as pictures
    on
        accounts.platform = pictures.platform
        and accounts.account_id = pictures.account_id
