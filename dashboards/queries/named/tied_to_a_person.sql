-- title: What is tied to one person by roll id
-- notes: Which accounts may be theirs, the cases about those accounts or that give the id, what was decided, challenged and looked at about them, the photographs that show them, holds, and the questions asked with the id. It is not everything: no row of a register, no text that says the name and no file can be found by the id. audit subject --person writes everything into one pack.
-- takes: person (text) the roll id, as the register has it
with accounts as (
    select distinct
        platform,
        actor_id
    from published.matches
    where person_id = $person
),

cases as (
    select *
    from published.exceptions
    where
        list_contains(string_split(coalesce(evidence ->> '$.roll_id', ''), ', '), $person)
        or (platform, coalesce(evidence ->> '$.actor', subject_id)) in (select (platform, actor_id) from accounts)
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
from cases
union all
select
    'decision',
    null,
    null,
    fingerprint,
    concat_ws(' ', answer, 'until', until, by_role, cast(decided_at as date)),
    note
from casebook.decisions
where fingerprint in (select fingerprint from cases)
union all
select
    'challenge',
    null,
    null,
    fingerprint,
    concat_ws(' ', step, raised_by, received_on),
    by_role
from casebook.challenges
where fingerprint in (select fingerprint from cases)
union all
select
    'look',
    null,
    null,
    subject,
    concat_ws(' ', role, action),
    cast(done_at as varchar)
from casebook.access_log
where subject in (select fingerprint from cases)
union all
select
    'question',
    null,
    null,
    cast(number as varchar),
    concat_ws(' ', coalesce(role, by_user), cast(asked_at as date)),
    purpose
from casebook.questions
where
    regexp_matches(
        sql || ' ' || coalesce(parameters, ''), '(^|[^A-Za-z0-9_])' || regexp_escape($person) || '($|[^A-Za-z0-9_])'
    )
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
