-- Every reply, mention, quote and comment on official business, as last seen, and whether it still stands.
with whole_walks as (
    select
        walks.platform,
        walks.account_id,
        walks.walk,
        max(runs.as_of) as as_of
    from raw.walks as walks
    inner join raw.runs as runs on walks.run_id = runs.run_id
    where walks.is_whole and walks.walk in ('comments', 'mentions')
    group by all
),

latest as (
    select
        comments.platform,
        comments.account_id,
        comments.post_id,
        comments.comment_id,
        comments.parent_id,
        comments.actor_id,
        comments.kind,
        case
            when comments.platform = 'youtube' or comments.kind = 'quote' then 'comments'
            else 'mentions'
        end as walk,
        comments.posted_at,
        comments.text,
        comments.picture_url,
        runs.as_of as last_seen
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
    latest.text,
    latest.picture_url,
    latest.last_seen,
    whole_walks.as_of is null as is_current
from latest
left join whole_walks
    on
        latest.platform = whole_walks.platform
        and latest.account_id = whole_walks.account_id
        and latest.walk = whole_walks.walk
        and latest.last_seen < whole_walks.as_of
