-- The photographs whose file a run could not find or read.
select
    photograph_id,
    file_name,
    problem,
    nearest
from published.lost_masters
where run_id = $run_id
order by photograph_id asc
