-- title: What is open, and what is late
-- notes: The open cases of the newest run by the role that has to act, with how many are past their day.
select
    owner_role,
    severity,
    check_id,
    count(*) as open_cases,
    count(*) filter (where is_late) as late,
    min(due_on) as first_due_on
from published.exceptions
where run_id = (select max(run_id) from published.runs) and is_open
group by owner_role, severity, check_id
order by late desc, open_cases desc, check_id asc
