-- Each picture in the newest run that showed one of these photographs, and each of these videos, on a standing post.
with standing as (
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.kind,
        (posts.posted_at at time zone $zone)::date as posted_on,
        posts.last_seen as seen_on
    from published.posts as posts
    where posts.removed_at is null and coalesce(posts.visibility, 'public') != 'private'
)

select
    standing.platform,
    standing.account_id,
    standing.post_id,
    parts.medium_id as subject_id,
    standing.posted_on,
    standing.seen_on
from published.picture_parts as parts
inner join standing
    on
        parts.platform = standing.platform
        and parts.account_id = standing.account_id
        and parts.post_id = standing.post_id
where list_contains($photographs::text[], parts.approved_photograph)
union
select
    standing.platform,
    standing.account_id,
    standing.post_id,
    standing.post_id as subject_id,
    standing.posted_on,
    standing.seen_on
from standing
where standing.platform = 'youtube' and standing.kind = 'video' and list_contains($videos::text[], standing.post_id)
