-- One row per official account, and per account on the register of accounts, of a run that read that register.
select
    'settings' as named_by,
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    null as owner_role,
    null as approved_by,
    null::date as approved_on
from core.official_accounts as accounts
cross join core.registers as registers
where registers.register = 'accounts'
union
select
    'register' as named_by,
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    accounts.owner_role,
    accounts.approved_by,
    accounts.approved_on
from core.registered_accounts as accounts
cross join core.registers as registers
where registers.register = 'accounts'
order by named_by, platform, account_id, handle, owner_role, approved_by, approved_on
