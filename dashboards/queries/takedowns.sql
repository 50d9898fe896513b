-- The photographs to be taken down in a run, those that still stand first.
select
    photograph_id,
    ended,
    since,
    due_on,
    places,
    gone,
    unseen,
    gone_from,
    stands_on,
    approved_again_on,
    unknown_on,
    state
from published.takedowns
where run_id = $run_id
order by
    list_position(['standing', 'half', 'unknown', 'approved_again', 'gone'], state) asc,
    due_on asc,
    photograph_id asc
