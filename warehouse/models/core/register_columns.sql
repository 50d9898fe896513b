-- The columns of each register's file in the run at hand: recognised, ignored, or missing.
select
    columns.register,
    columns.file_name,
    columns.heading,
    columns.column_name,
    columns.state,
    columns.nearest
from raw.register_columns as columns
inner join core.audit on columns.run_id = audit.run_id
