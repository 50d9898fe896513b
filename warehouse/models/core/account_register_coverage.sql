-- For each official account: whether the register of accounts that should hold it was read in the run at hand.
select
    accounts.platform,
    accounts.account_id,
    null::bigint as platform_count,
    count(distinct registers.register) as fetched,
    count(distinct registers.register) as judged,
    count(registers.register) > 0 as is_whole,
    case when count(registers.register) > 0 then 'end' else 'no_register' end as why
from core.official_accounts as accounts
left join core.registers as registers on registers.register = 'accounts'
group by accounts.platform, accounts.account_id
