-- What became of each heading of the registers' files in a run.
select
    register,
    file_name,
    heading,
    column_name,
    state,
    nearest
from published.register_columns
where run_id = $run_id
order by
    register asc,
    state asc,
    nearest asc nulls last,
    column_name asc nulls last,
    heading asc
