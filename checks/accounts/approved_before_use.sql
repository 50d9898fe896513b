-- One row per official account of which the register of accounts gives an approval.
select
    approvals.platform,
    approvals.account_id,
    '@' || ltrim(approvals.handle, '@') as account,
    approvals.approved_by,
    strftime(approvals.approved_on, '%Y-%m-%d') as approved_on,
    strftime(approvals.opened_on, '%Y-%m-%d') as opened_on,
    strftime(approvals.first_used_on, '%Y-%m-%d') as first_used_on,
    approvals.link,
    coalesce(approvals.approved_on > approvals.first_used_on, false) as is_late
from core.account_approvals as approvals
where
    'accounts' in (select registers.register from core.registers as registers)
    and (approvals.approved_on is not null or approvals.approved_by is not null)
order by approvals.platform, approvals.account_id
