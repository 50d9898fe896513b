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
inner join raw.official_accounts using (run_id, platform, account_id)
