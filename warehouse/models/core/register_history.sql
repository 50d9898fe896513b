-- How each register stood in each run: whole, partial or unread, why, and who accepted the change if anybody did.
select
    states.run_id,
    runs.as_of,
    states.register,
    states.state,
    states.why,
    states.rows,
    states.rows_before,
    states.compared_with,
    states.accepted_by,
    states.accepted_note
from raw.register_states as states
inner join raw.runs as runs on states.run_id = runs.run_id
