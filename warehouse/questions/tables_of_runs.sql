select schema_name || '.' || table_name
from duckdb_columns()
where
    database_name = 'kept'
    and schema_name in ('raw', 'outcome')
    and column_name = 'run_id'
    and schema_name || '.' || table_name in (
        select schema_name || '.' || table_name from duckdb_tables()
        where database_name = 'kept'
    )
