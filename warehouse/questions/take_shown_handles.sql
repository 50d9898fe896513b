update raw.official_accounts as accounts set handle = shown.handle
from core.profiles as shown
where
    accounts.run_id = $run_id
    and accounts.platform = shown.platform
    and accounts.account_id = shown.account_id
    and lower(ltrim(accounts.handle, '@')) <> lower(ltrim(shown.handle, '@'))
