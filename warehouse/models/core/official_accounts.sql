-- The school's official accounts in the run at hand.
select
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    accounts.reads,
    core.account_link(accounts.platform, accounts.account_id) as link
from raw.official_accounts as accounts
inner join core.audit on accounts.run_id = audit.run_id
