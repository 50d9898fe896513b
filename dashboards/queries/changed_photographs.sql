-- The photographs whose file held another picture in the newest run than the one that was approved.
select lost_masters.photograph_id
from published.lost_masters as lost_masters
where
    lost_masters.problem = 'changed'
    and lost_masters.run_id = (select arg_max(runs.run_id, runs.as_of) from published.runs as runs)
