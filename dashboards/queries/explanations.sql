-- Who one account may belong to by the registers, the likeliest first: how many people, and never which. What a run
-- could not tell for want of a register, the newest run before that could tells.
with known as (
    select *
    from published.matches
    where platform = $platform and actor_id = $actor_id and run_id <= $run_id  -- noqa: RF02
    qualify run_id = max(run_id) over ()
)

select
    run_id::date as as_of,
    role,
    band,
    probability,
    reasons,
    against,
    count(*) as people
from known
group by all
order by probability desc, role asc, reasons asc
limit 8
