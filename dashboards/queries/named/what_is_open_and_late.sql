-- title: What was open, and what was late, in the newest run
-- notes: The cases that the newest run left open, by the role that has to act, with how many were past their day on the day of that run, which stands beside them. What was answered, fell due or came back since is told on the desk's first page.
select
    run_id as as_of,
    owner_role,
    severity,
    check_id,
    count(*) as open_cases,
    count(*) filter (where is_late) as late,
    min(due_on) as first_due_on
from published.exceptions
where run_id = (select max(run_id) from published.runs) and is_open
group by run_id, owner_role, severity, check_id
order by late desc, open_cases desc, check_id asc
