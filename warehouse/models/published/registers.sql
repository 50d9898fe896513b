-- The registers as each run read them.
select
    run_id,
    register,
    file_name,
    rows,
    set_aside,
    sha256,
    refreshed_on
from raw.registers
