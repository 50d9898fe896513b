-- Rows and cells of the registers that could not be used, by file, row and column.
select
    run_id,
    register,
    file_name,
    row,
    column_name,
    problem
from raw.register_problems
