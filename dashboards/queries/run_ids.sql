-- The runs that the published copy holds, newest first.
select run_id
from published.runs
order by as_of desc, run_id desc
