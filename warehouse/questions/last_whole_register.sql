-- A run counts where the register was whole in it, or where somebody has accepted what it read beside what it had been.
select
    states.run_id,
    runs.as_of,
    coalesce(read.sha256, '') as sha256
from raw.register_states as states
inner join raw.runs as runs on states.run_id = runs.run_id
left join raw.registers as read on states.run_id = read.run_id and states.register = read.register
where
    states.register = $register and runs.as_of < cast($before as date) and (
        states.state = 'whole'
        or list_contains($accepted::varchar[], coalesce(read.sha256, '') || ' ' || coalesce(states.compared_with, ''))
    )
order by runs.as_of desc
limit 1
