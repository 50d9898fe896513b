-- The run at hand: the newest one.
select
    run_id,
    as_of,
    school_id,
    school_name,
    pack
from raw.runs
order by as_of desc
limit 1
