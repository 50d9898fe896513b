-- The registers that came short in the newest run, where nobody had accepted it then.
select register
from published.register_states
where
    run_id = (select arg_max(runs.run_id, runs.as_of) from published.runs as runs)
    and state != 'whole'
    and accepted_by is null
order by register asc
