-- The columns of each register's file as a run read it: state is recognised, ignored or missing; nearest is a guess.
select
    run_id,
    register,
    file_name,
    heading,
    column_name,
    state,
    nearest
from raw.register_columns
