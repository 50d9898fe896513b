-- Each photograph whose approval has ended: where it stood, where a run saw it gone, and where it may still stand.
-- What was proved once stays proved until it is raised again.
with settled as (
    select
        *,
        min(as_of) filter (where state in ('gone', 'approved_again')) over since_told as settled_on,
        coalesce(
            arg_min(state, as_of) filter (where state in ('gone', 'approved_again')) over since_told, state
        ) as stands
    from core.ended_place_states
    -- What somebody decided to be mistaken or allowed is no task.
    where not is_set_aside
    window
        since_told as (
            partition by fingerprint, photograph_id, case_as_of
            order by as_of
            rows between unbounded preceding and current row
        )
)

select
    run_id,
    photograph_id,
    max(ended) as ended,
    min(first_seen) as since,
    min(due_on) as due_on,
    count(*) as places,
    count(*) filter (where stands = 'gone') as gone,
    count(*) filter (where stands = 'standing' and not is_seen_this_run) as unseen,
    string_agg(distinct platform, ';' order by platform) filter (where stands = 'gone') as gone_from,
    string_agg(distinct platform, ';' order by platform) filter (where stands = 'standing') as stands_on,
    string_agg(distinct platform, ';' order by platform) filter (where stands = 'approved_again') as approved_again_on,
    string_agg(distinct platform, ';' order by platform) filter (where stands = 'unknown') as unknown_on,
    case
        when bool_and(stands = 'gone') then 'gone'
        when bool_or(stands = 'standing') then if(bool_or(stands = 'gone'), 'half', 'standing')
        when bool_or(stands = 'unknown') then 'unknown'
        else 'approved_again'
    end as state,
    max(settled_on) filter (where stands = 'gone') as last_gone_on
from settled
group by run_id, as_of, photograph_id
-- What was settled is reported once, in the run that saw it.
having count(*) filter (where settled_on is null) > 0 or max(settled_on) = as_of
