-- title: What is due, or overdue, for deletion
-- notes: What YouTube told and no later run was told again, 28 days after it was last seen; kept pictures by their day; holds that are over. What X told goes by the school's own schedule; audit expire SCHOOL --preview counts all that goes within a month.
-- takes: on (day, may be left out) the day to judge by; that of the newest run unless given
with judged as (select coalesce(cast($on as date), max(as_of)) as on_day from published.runs),

kept as (
    select
        'follower' as what,
        platform,
        actor_id as id,
        last_seen + 28 as due_on
    from published.followers
    where platform = 'youtube'
    union all
    select
        'post',
        platform,
        post_id,
        last_seen + 28
    from published.posts
    where platform = 'youtube'
    union all
    select
        'picture of a case',
        null,
        fingerprint,
        expires_on
    from published.previews
    where expires_on is not null
    union all
    select
        'hold',
        platform,
        subject_id,
        until
    from casebook.holds
    where ended_at is null
)

select
    kept.what,
    kept.platform,
    kept.id,
    kept.due_on,
    case when kept.due_on < judged.on_day then 'overdue' else 'due' end as state
from kept
cross join judged
where kept.due_on <= judged.on_day + 7
order by kept.due_on, kept.what, kept.id
