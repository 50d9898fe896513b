-- The photographs by whose file the newest run could not go, and why: on a new post it knew none of them. Without those
-- that a run proved gone last, as a school may delete such a file.
with gone as (
    select takedowns.photograph_id
    from published.takedowns as takedowns
    group by takedowns.photograph_id
    having arg_max(takedowns.state, takedowns.run_id) = 'gone'
)

select
    lost_masters.photograph_id,
    lost_masters.problem
from published.lost_masters as lost_masters
where
    lost_masters.run_id = (select arg_max(runs.run_id, runs.as_of) from published.runs as runs)
    and (
        lost_masters.problem = 'changed'
        or lost_masters.photograph_id not in (select gone.photograph_id from gone)
    )
