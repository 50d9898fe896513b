-- title: Everything on one photograph, and who is in it
-- notes: By the id in the photographs register: whom it shows, by roll id, where it was posted, whether its approval has ended, and the cases about it.
-- takes: photograph (text) the photograph's id, as the register has it
select
    'shows' as what,
    null as platform,
    person_id as id,
    'pupil, by roll id' as says,
    null as detail
from published.photograph_pupils
where photograph_id = $photograph
union all
select
    'posted',
    platform,
    post_id,
    concat_ws(' ', medium_id, verdict),
    why
from published.picture_parts
where approved_photograph = $photograph
union all
select
    'approval ended',
    null,
    run_id,
    concat_ws(' ', ended, since, state, 'due', due_on),
    concat_ws('; ', 'stands on ' || stands_on, 'gone from ' || gone_from, 'unknown on ' || unknown_on)
from published.takedowns
where photograph_id = $photograph
union all
select
    'file',
    null,
    run_id,
    concat_ws(' ', problem, file_name),
    nearest
from published.lost_masters
where photograph_id = $photograph
union all
select
    'case',
    exceptions.platform,
    exceptions.fingerprint,
    concat_ws(' ', exceptions.run_id, exceptions.check_id, exceptions.status, exceptions.decision),
    exceptions.reason
from published.exceptions as exceptions
where
    exceptions.evidence ->> '$.photograph_id' = $photograph
    or exceptions.subject_id = $photograph
    or exceptions.subject_id in (
        select parts.medium_id from published.picture_parts as parts
        where parts.approved_photograph = $photograph
    )
union all
select
    'register change',
    null,
    cast(number as varchar),
    concat_ws(' ', kind, by_role, made_at),
    note
from casebook.register_changes
where register = 'photographs' and row_id = $photograph
union all
select
    'hold',
    null,
    subject_id,
    concat_ws(' ', 'until', until, case when ended_at is not null then 'ended' end),
    by_role
from casebook.holds
where platform = 'photograph' and subject_id = $photograph
order by what, id
