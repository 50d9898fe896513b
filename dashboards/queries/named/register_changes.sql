-- title: What was changed in the registers
-- notes: Each row that was changed at the desk, by whom and on what ground; and how each register stood in the newest run.
-- takes: since (day, may be left out) the first day that counts
select
    'changed' as what,
    changes.register,
    changes.row_id,
    changes.kind,
    people.sign_in_name as by_whom,
    changes.by_role,
    changes.note,
    changes.made_at
from casebook.register_changes as changes
left join casebook.people as people on changes.by_person = people.number
where $since is null or changes.made_at >= cast($since as date)
union all
select
    'as read',
    register,
    null,
    state,
    null,
    accepted_by,
    why,
    null
from published.register_states
where run_id = (select max(run_id) from published.runs)
order by what, register, made_at
