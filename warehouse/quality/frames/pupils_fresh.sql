-- The register of pupils is of this school year or the last: its file is not older than 400 days.
select
    registers.register,
    date_diff('day', registers.refreshed_on, audit.as_of) as days_old
from raw.registers as registers
inner join core.audit on registers.run_id = audit.run_id
where registers.register = 'pupils'
