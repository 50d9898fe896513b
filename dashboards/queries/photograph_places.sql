-- Where each approved photograph or video stands, as the newest published run saw it: by its picture, or by its id.
with listed as (
    select
        unnest(cast($photographs as text[])) as photograph_id,  -- noqa: RF02
        unnest(cast($videos as text[])) as video_id  -- noqa: RF02
),

found as (
    select
        parts.approved_photograph as photograph_id,
        parts.platform,
        parts.post_id
    from published.picture_parts as parts
    where parts.approved_photograph is not null
    union
    select
        listed.photograph_id,
        posts.platform,
        posts.post_id
    from listed
    inner join published.posts as posts on listed.video_id = posts.post_id
)

select distinct
    found.photograph_id,
    posts.platform,
    posts.post_id,
    posts.posted_on
from found
inner join published.posts as posts on found.platform = posts.platform and found.post_id = posts.post_id
where posts.removed_at is null
order by found.photograph_id asc, posts.posted_on desc, posts.post_id asc
