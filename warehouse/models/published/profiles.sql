-- What each official account showed about itself in each run.
select
    profiles.platform,
    profiles.account_id,
    profiles.run_id,
    profiles.handle,
    profiles.display_name,
    profiles.bio,
    profiles.followers_count
from raw.profiles as profiles
inner join raw.official_accounts as accounts
    on
        profiles.run_id = accounts.run_id
        and profiles.platform = accounts.platform
        and profiles.account_id = accounts.account_id
