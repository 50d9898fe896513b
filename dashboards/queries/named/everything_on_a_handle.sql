-- title: Everything on one handle
-- notes: Who has or had this handle: following, followed, quoted in a case, or commenting. With or without the @.
-- takes: handle (text) the handle
with named as (
    select distinct
        platform,
        actor_id
    from (
        select
            platform,
            actor_id,
            handle
        from published.followers
        union all
        select
            platform,
            actor_id,
            handle
        from published.following
        union all
        select
            platform,
            actor_id,
            handle
        from published.actors
    ) as seen
    where lower(ltrim(handle, '@')) = lower(ltrim($handle, '@'))
)

select
    'follower' as what,
    platform,
    actor_id as id,
    concat_ws(' ', handle, display_name) as says,
    concat_ws(' ', 'follows', account_id, 'from', first_seen, 'to', coalesce(ended_on, last_seen)) as detail
from published.followers
where (platform, actor_id) in (select (platform, actor_id) from named)
union all
select
    'followed',
    platform,
    actor_id,
    concat_ws(' ', handle, display_name),
    concat_ws(' ', 'followed by', account_id, 'from', first_seen, 'to', coalesce(ended_on, last_seen))
from published.following
where (platform, actor_id) in (select (platform, actor_id) from named)
union all
select
    'case',
    platform,
    fingerprint,
    concat_ws(' ', run_id, check_id, status, decision),
    reason
from published.exceptions
where
    (platform, coalesce(evidence ->> '$.actor', subject_id)) in (select (platform, actor_id) from named)
    or lower(ltrim(coalesce(evidence ->> '$.account', ''), '@')) = lower(ltrim($handle, '@'))
    or lower(ltrim(coalesce(account_handle, ''), '@')) = lower(ltrim($handle, '@'))
union all
select
    'comment',
    platform,
    comment_id,
    kind,
    text
from published.comments
where (platform, actor_id) in (select (platform, actor_id) from named)
union all
select
    'match',
    platform,
    actor_id,
    concat_ws(' ', run_id, person_id, role, band),
    reasons
from published.matches
where (platform, actor_id) in (select (platform, actor_id) from named)
order by what, platform, id
