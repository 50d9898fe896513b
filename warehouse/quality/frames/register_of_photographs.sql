-- The photographs register was read, and hardly a row had to be set aside.
select
    read.register,
    read.set_aside / nullif(read.rows + read.set_aside, 0) as share_set_aside
from raw.registers as read
inner join core.audit on read.run_id = audit.run_id
where read.register = 'photographs'
