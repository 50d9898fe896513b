-- The accounts register in the run at hand: each official account that somebody asked for and somebody approved.
select
    accounts.platform,
    accounts.account_id,
    accounts.handle,
    accounts.purpose,
    accounts.owner_role,
    accounts.approved_by,
    accounts.approved_on,
    accounts.shared_with_head_on,
    accounts.changed_on,
    accounts.unread_days
from raw.registered_accounts as accounts
inner join core.audit on accounts.run_id = audit.run_id
