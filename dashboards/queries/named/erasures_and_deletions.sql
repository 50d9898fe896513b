-- title: What was erased on request, deleted for its age, and kept by a hold
-- notes: The oldest first. An erasure and a deletion say how much and never whom; a hold says on whom, by kind and id, and until when.
-- takes: since (day, may be left out) the first day that counts
select
    'erasure' as what,
    cast(ended_at as date) as on_day,
    kind as about,
    by_role,
    counts as says
from casebook.erasures
where $since is null or ended_at >= cast($since as date)
union all
select
    'deleted for its age',
    deleted_on,
    null,
    null,
    counts
from casebook.certificates
where $since is null or deleted_on >= cast($since as date)
union all
select
    case when ended_at is null then 'hold until' else 'hold that ended' end,
    coalesce(cast(ended_at as date), until),
    concat_ws(' ', platform, subject_id),
    by_role,
    null
from casebook.holds
where $since is null or until >= cast($since as date)
order by on_day, what
