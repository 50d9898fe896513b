-- Every medium on an official post in its newest edition, and every picture in a comment, whose id is then post_id.
-- X's archives leave the alternative texts out: that a medium has none there says nothing.
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
    media.alt_text is not null or media.source not like 'x_archive%' as is_alt_text_known,
    posts.is_current,
    posts.link
from raw.media as media
inner join raw.runs as runs on media.run_id = runs.run_id
inner join core.posts as posts
    on
        media.platform = posts.platform
        and media.account_id = posts.account_id
        and media.post_id = posts.post_id
        and runs.as_of = posts.read_on
union all
select
    comments.platform,
    comments.account_id,
    comments.comment_id as post_id,
    comments.comment_id || '/picture' as medium_id,
    'comment_picture' as kind,
    comments.picture_url as url,
    null as alt_text,
    null as width,
    null as height,
    false as is_alt_text_known,
    comments.is_current,
    comments.link
from core.comments as comments
where comments.picture_url is not null
