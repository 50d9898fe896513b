-- One row per official account whose public profile we have, with what it shows.
select
    accounts.platform,
    accounts.account_id,
    '@' || ltrim(accounts.handle, '@') as handle,
    profiles.display_name,
    profiles.bio,
    profiles.url,
    profiles.picture_url,
    accounts.link
from core.official_accounts as accounts
inner join core.profiles as profiles using (platform, account_id)
order by accounts.platform, accounts.account_id
