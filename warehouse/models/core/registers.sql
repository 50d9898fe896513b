-- Each register's file as it was read in the run at hand, and the day on which it was last refreshed.
select
    registers.register,
    registers.file_name,
    registers.rows,
    registers.set_aside,
    registers.refreshed_on
from raw.registers as registers
inner join core.audit on registers.run_id = audit.run_id
