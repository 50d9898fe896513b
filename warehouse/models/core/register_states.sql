-- How each register stood in the run at hand: whole, partial or unread, and why.
select
    history.register,
    history.state,
    history.why,
    history.rows,
    history.rows_before,
    history.compared_with,
    history.accepted_by,
    history.accepted_note
from core.register_history as history
inner join core.audit on history.run_id = audit.run_id
