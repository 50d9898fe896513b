-- How each register stood in each run, compared with its own history and the school's own figure, and why.
select
    run_id,
    register,
    state,
    why,
    rows,
    rows_before,
    compared_with,
    accepted_by
from core.register_history
