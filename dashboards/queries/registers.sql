-- The registers that a run was compared with.
select
    register,
    file_name,
    rows,
    set_aside,
    sha256,
    refreshed_on
from published.registers
where run_id = $run_id
order by register asc, file_name asc
