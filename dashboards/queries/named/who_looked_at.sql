-- title: Who looked at one person's case
-- notes: What was done at the desk about the cases of a roll id, of an account or of a case's ref, and by whom; and the questions that were asked with that id, with their purpose.
-- takes: of (text) a roll id, a platform's id of an account, or the beginning of a case's ref
with about as (
    select distinct exceptions.fingerprint
    from published.exceptions as exceptions
    left join published.matches as matches
        on
            exceptions.run_id = matches.run_id
            and exceptions.platform = matches.platform
            and coalesce(exceptions.evidence ->> '$.actor', exceptions.subject_id) = matches.actor_id
    where
        matches.person_id = $of
        or coalesce(exceptions.evidence ->> '$.actor', exceptions.subject_id) = $of
        or list_contains(string_split(coalesce(exceptions.evidence ->> '$.roll_id', ''), ', '), $of)
        or starts_with(exceptions.fingerprint, $of)
)

select
    looked.done_at,
    people.sign_in_name,
    looked.role,
    looked.action,
    looked.subject,
    null as purpose
from casebook.access_log as looked
left join casebook.people as people on looked.person = people.number
where looked.subject in (select fingerprint from about) or starts_with(looked.subject, $of)
union all
select
    asked_at,
    by_user,
    role,
    'asked',
    null,
    purpose
from casebook.questions
where
    regexp_matches(
        sql || ' ' || coalesce(parameters, ''), '(^|[^A-Za-z0-9_])' || regexp_escape($of) || '($|[^A-Za-z0-9_])'
    )
order by done_at
