-- Every reply, mention, quote and comment on official business, as last seen.
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
    runs.as_of as last_seen
from raw.comments as comments
inner join raw.runs as runs on comments.run_id = runs.run_id
qualify row_number() over (
    partition by comments.platform, comments.account_id, comments.comment_id
    order by runs.as_of desc
) = 1
