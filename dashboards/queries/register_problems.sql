-- Rows and cells of the registers that could not be used in a run.
select
    register,
    file_name,
    row,
    column_name,
    problem
from published.register_problems
where run_id = $run_id
order by
    register asc,
    file_name asc,
    row asc,
    column_name asc nulls first,
    problem asc
