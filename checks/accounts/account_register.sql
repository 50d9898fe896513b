-- One row per official account, and per line of the register of accounts with the official accounts that it is about,
-- of a run that read that register.
select
    'settings' as named_by,
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    null as owner_role,
    null as approved_by,
    null::date as approved_on,
    null as official_ids
from core.official_accounts as accounts
cross join core.registers as registers
where registers.register = 'accounts'
union
select
    'register' as named_by,
    lines.platform,
    lines.account_id,
    lines.handle,
    lines.owner_role,
    lines.approved_by,
    lines.approved_on,
    list(accounts.account_id) filter (where accounts.account_id is not null) as official_ids
from core.registered_accounts as lines
cross join core.registers as registers
left join core.official_accounts as accounts
    on
        lines.platform = accounts.platform
        and core.is_on_line(lines.account_id, lines.handle, accounts.account_id, accounts.handle)
where registers.register = 'accounts'
group by all
order by named_by, platform, account_id, handle, owner_role, approved_by, approved_on
