-- For each official account: whether the run at hand can tell if its approval came before its first use, and by whom.
with told as (
    select
        approvals.platform,
        approvals.account_id,
        'accounts' in (select registers.register from core.registers as registers) as is_read,
        approvals.approved_by is not null and approvals.approved_on is not null as is_approved,
        coalesce(
            approvals.approved_on <= approvals.opened_on
            or approvals.approved_on > approvals.first_used_on
            or approvals.is_first_use_seen,
            false
        ) as is_placed
    from core.account_approvals as approvals
)

select
    platform,
    account_id,
    1::bigint as platform_count,
    is_read::bigint as fetched,
    (is_read and is_approved and is_placed)::bigint as judged,
    is_read and is_approved and is_placed as is_whole,
    case
        when not is_read then 'no_register'
        when not is_approved then 'unapproved'
        when not is_placed then 'unbegun'
        else 'end'
    end as why
from told
