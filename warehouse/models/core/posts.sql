-- Every official post or video as last read, and whether it still stands; covered is what this run saw or did not
-- mean to list again. The day of a post is that at the school.
with latest as (
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.first_version_id,
        posts.kind,
        posts.posted_at,
        posts.title,
        posts.text,
        posts.visibility,
        posts.tags,
        posts.in_reply_to_actor_id,
        posts.refers_to_post_id,
        posts.refers_to_actor_id,
        posts.is_made_for_kids,
        posts.is_embeddable,
        posts.repost_count,
        posts.reply_count,
        posts.has_place,
        posts.deleted_at,
        posts.posted_with,
        min(runs.as_of) over (
            partition by posts.platform, posts.account_id, posts.first_version_id
        ) as first_seen,
        runs.as_of as read_on
    from raw.posts as posts
    inner join raw.runs as runs on posts.run_id = runs.run_id
    qualify row_number() over (
        partition by posts.platform, posts.account_id, posts.first_version_id
        order by runs.as_of desc, length(posts.post_id) desc, posts.post_id desc
    ) = 1
)

select
    latest.platform,
    latest.account_id,
    latest.post_id,
    latest.first_version_id,
    latest.kind,
    latest.posted_at,
    (latest.posted_at at time zone school.timezone)::date as posted_on,
    latest.title,
    latest.text,
    latest.visibility,
    latest.tags,
    latest.in_reply_to_actor_id,
    latest.refers_to_post_id,
    latest.refers_to_actor_id,
    latest.is_made_for_kids,
    latest.is_embeddable,
    latest.repost_count,
    latest.reply_count,
    latest.posted_with,
    latest.has_place,
    latest.first_seen,
    latest.read_on,
    coalesce(members.last_seen, latest.read_on) as last_seen,
    coalesce(latest.deleted_at::date, members.ended_on) as removed_at,
    coalesce(members.is_met or members.is_left_out, false) as is_covered,
    (
        latest.deleted_at is null
        and members.ended_on is null
        and coalesce(latest.visibility, 'public') != 'private'
    ) as is_current,
    core.post_link(latest.platform, latest.post_id) as link
from latest
left join core.school as school on true
left join core.members as members
    on
        members.listing = 'posts'
        and latest.platform = members.platform
        and latest.account_id = members.account_id
        and latest.first_version_id = members.member_id
