-- Every official post or video as last seen, and whether it still stands.
with whole_walks as (
    select
        walks.platform,
        walks.account_id,
        runs.as_of
    from raw.walks as walks
    inner join raw.runs as runs on walks.run_id = runs.run_id
    where walks.is_whole and walks.walk = 'posts'
),

latest as (
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
        posts.deleted_at,
        min(runs.as_of) over (
            partition by posts.platform, posts.account_id, posts.first_version_id
        ) as first_seen,
        runs.as_of as last_seen
    from raw.posts as posts
    inner join raw.runs as runs on posts.run_id = runs.run_id
    qualify row_number() over (
        partition by posts.platform, posts.account_id, posts.first_version_id
        order by runs.as_of desc, length(posts.post_id) desc, posts.post_id desc
    ) = 1
),

removals as (
    select
        latest.platform,
        latest.account_id,
        latest.first_version_id,
        min(whole_walks.as_of) as missed_on
    from latest
    inner join whole_walks
        on
            latest.platform = whole_walks.platform
            and latest.account_id = whole_walks.account_id
            and latest.last_seen < whole_walks.as_of
    group by all
)

select
    latest.platform,
    latest.account_id,
    latest.post_id,
    latest.first_version_id,
    latest.kind,
    latest.posted_at,
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
    latest.first_seen,
    latest.last_seen,
    coalesce(latest.deleted_at::date, removals.missed_on) as removed_at,
    (
        latest.deleted_at is null
        and removals.missed_on is null
        and coalesce(latest.visibility, 'public') != 'private'
    ) as is_current
from latest
left join removals
    on
        latest.platform = removals.platform
        and latest.account_id = removals.account_id
        and latest.first_version_id = removals.first_version_id
