-- The photographs whose file a run could not go by: problem is missing, unreadable or changed, nearest a name like it.
select
    run_id,
    photograph_id,
    file_name,
    problem,
    nearest
from raw.masters
where problem is not null
