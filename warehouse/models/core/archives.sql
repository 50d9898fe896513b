-- The X archives that the run at hand read: the day each was made on, and whether that is too long ago.
select
    days.platform,
    days.account_id,
    days.made_at,
    days.made_on,
    days.is_dated,
    days.is_old,
    days.has_school_email
from core.archive_days as days
inner join core.audit on days.run_id = audit.run_id
