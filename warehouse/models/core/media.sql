-- Every medium on an official post in that post's newest edition.
select
    media.platform,
    media.account_id,
    media.post_id,
    media.medium_id,
    media.kind,
    media.url,
    media.alt_text,
    media.width,
    media.height,
    posts.is_current
from raw.media as media
inner join raw.runs as runs on media.run_id = runs.run_id
inner join core.posts as posts
    on
        media.platform = posts.platform
        and media.account_id = posts.account_id
        and media.post_id = posts.post_id
        and runs.as_of = posts.last_seen
