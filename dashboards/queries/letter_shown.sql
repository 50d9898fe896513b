-- Each picture, on a post or in a comment, that showed one of these photographs in the newest run, and each video,
-- which its own id tells.
with newest as (
    select max(as_of) as as_of
    from published.runs
),

standing as (
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.kind,
        posts.posted_on,
        posts.last_seen as seen_on
    from published.posts as posts
    where posts.removed_at is null and coalesce(posts.visibility, 'public') != 'private'
),

shown as (
    select
        parts.platform,
        parts.account_id,
        parts.post_id,
        parts.medium_id,
        parts.approved_photograph as photograph_id
    from published.picture_parts as parts
    where list_contains($photographs::text[], parts.approved_photograph)
)

select
    standing.platform,
    standing.account_id,
    standing.post_id,
    shown.medium_id as subject_id,
    standing.posted_on,
    standing.seen_on,
    false as in_comment,
    shown.photograph_id
from shown
inner join standing
    on
        shown.platform = standing.platform
        and shown.account_id = standing.account_id
        and shown.post_id = standing.post_id
union
select
    comments.platform,
    comments.account_id,
    coalesce(comments.post_id, '') as post_id,
    shown.medium_id as subject_id,
    standing.posted_on,
    newest.as_of as seen_on,
    true as in_comment,
    shown.photograph_id
from shown
inner join published.comments as comments
    on
        shown.platform = comments.platform
        and shown.account_id = comments.account_id
        and shown.post_id = comments.comment_id
left join standing
    on
        comments.platform = standing.platform
        and comments.account_id = standing.account_id
        and comments.post_id = standing.post_id
cross join newest
union
select
    standing.platform,
    standing.account_id,
    standing.post_id,
    standing.post_id as subject_id,
    standing.posted_on,
    standing.seen_on,
    false as in_comment,
    null as photograph_id
from standing
where
    list_contains($with_videos::text[], standing.platform)
    and standing.kind = 'video'
    and list_contains($videos::text[], standing.post_id)
