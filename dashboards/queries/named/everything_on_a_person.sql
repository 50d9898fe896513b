-- title: Everything on one person
-- notes: By the roll id: which accounts may be theirs, the cases about those accounts or that name them, and the photographs that show them.
-- takes: person (text) the roll id, as the register has it
with accounts as (
    select distinct
        platform,
        actor_id
    from published.matches
    where person_id = $person
)

select
    'match' as what,
    run_id,
    platform,
    actor_id as id,
    concat_ws(' ', role, band, round(probability, 3), decision) as says,
    reasons as detail
from published.matches
where person_id = $person
union all
select
    'case',
    run_id,
    platform,
    fingerprint,
    concat_ws(' ', check_id, status, decision),
    reason
from published.exceptions
where
    list_contains(string_split(coalesce(evidence ->> '$.roll_id', ''), ', '), $person)
    or (platform, coalesce(evidence ->> '$.actor', subject_id)) in (select (platform, actor_id) from accounts)
union all
select
    'account',
    null,
    platform,
    actor_id,
    concat_ws(' ', handle, display_name),
    concat_ws(' ', 'follows', account_id, 'from', first_seen, 'to', coalesce(ended_on, last_seen))
from published.followers
where (platform, actor_id) in (select (platform, actor_id) from accounts)
union all
select
    'comment',
    null,
    platform,
    comment_id,
    kind,
    text
from published.comments
where (platform, actor_id) in (select (platform, actor_id) from accounts)
union all
select
    'photograph',
    run_id,
    null,
    photograph_id,
    'shows this person',
    null
from published.photograph_pupils
where person_id = $person
union all
select
    'hold',
    null,
    platform,
    subject_id,
    concat_ws(' ', 'until', until, case when ended_at is not null then 'ended' end),
    by_role
from casebook.holds
where
    (platform = 'person' and subject_id = $person)
    or (platform, subject_id) in (select (platform, actor_id) from accounts)
order by what, run_id, id
