-- For each official account: whether the register of accounts was read in the run at hand, and tells of its sign-in
-- details.
with told as (
    select
        platform,
        account_id,
        'accounts' in (select registers.register from core.registers as registers) as is_read,
        is_listed and unread_days is null as is_told
    from core.account_approvals
)

select
    platform,
    account_id,
    1::bigint as platform_count,
    is_read::bigint as fetched,
    (is_read and is_told)::bigint as judged,
    is_read and is_told as is_whole,
    case when not is_read then 'no_register' when is_told then 'end' else 'no_line' end as why
from told
