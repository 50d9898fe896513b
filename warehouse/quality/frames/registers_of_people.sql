-- The registers of pupils and staff hold people, and hardly a row had to be set aside.
with read_now as (
    select
        registers.register,
        registers.rows,
        registers.set_aside
    from raw.registers as registers
    inner join core.audit on registers.run_id = audit.run_id
)

select
    needed.register,
    coalesce(sum(read_now.rows), 0) as rows_kept,
    coalesce(sum(read_now.set_aside) / nullif(sum(read_now.rows + read_now.set_aside), 0), 0) as share_set_aside
from (values ('pupils'), ('staff')) as needed (register)
left join read_now on needed.register = read_now.register
group by needed.register
