-- Every reply, mention, quote and comment on official business, as last read, and whether it still stands.
with latest as (
    select
        comments.platform,
        comments.account_id,
        comments.post_id,
        comments.comment_id,
        comments.parent_id,
        comments.actor_id,
        comments.kind,
        comments.posted_at,
        comments.text,
        comments.picture_url
    from raw.comments as comments
    inner join raw.runs as runs on comments.run_id = runs.run_id
    qualify row_number() over (
        partition by comments.platform, comments.account_id, comments.comment_id
        order by runs.as_of desc
    ) = 1
)

select
    latest.platform,
    latest.account_id,
    latest.post_id,
    latest.comment_id,
    latest.parent_id,
    latest.actor_id,
    latest.kind,
    latest.posted_at,
    (latest.posted_at at time zone school.timezone)::date as posted_on,
    latest.text,
    latest.picture_url,
    members.last_seen,
    members.is_met or members.is_left_out as is_covered,
    members.ended_on is null as is_current,
    core.comment_link(latest.platform, latest.account_id, latest.post_id, latest.comment_id) as link
from latest
left join core.school as school on true
inner join core.members as members
    on
        members.listing in ('comments', 'mentions')
        and latest.platform = members.platform
        and latest.account_id = members.account_id
        and latest.comment_id = members.member_id
