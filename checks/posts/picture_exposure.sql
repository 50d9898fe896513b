-- One row per picture on each standing post that shows it: its size, and what was seen in its file in this run.
select
    media.platform,
    media.account_id,
    media.medium_id as subject_id,
    media.post_id,
    case media.kind
        when 'photo' then 'A photograph posted by @'
        when 'animated_gif' then 'An animation posted by @'
        else 'A thumbnail posted by @'
    end || ltrim(accounts.handle, '@') as which,
    case media.platform
        when 'youtube' then 'https://www.youtube.com/watch?v=' || media.post_id
        else 'https://x.com/i/status/' || media.post_id
    end as link,
    strftime(posts.posted_at, '%Y-%m-%d') as posted_on,
    coalesce(media.width, 0) as width,
    coalesce(media.height, 0) as height,
    verdicts.people,
    verdicts.face_share,
    coalesce(verdicts.has_position, false) as has_position
from core.media as media
inner join core.posts as posts
    on
        media.platform = posts.platform
        and media.account_id = posts.account_id
        and media.post_id = posts.post_id
inner join core.official_accounts as accounts
    on
        media.platform = accounts.platform
        and media.account_id = accounts.account_id
left join core.picture_verdicts as verdicts
    on
        media.platform = verdicts.platform
        and media.post_id = verdicts.post_id
        and media.medium_id = verdicts.medium_id
where
    posts.is_current
    and media.kind in ('photo', 'animated_gif', 'thumbnail', 'shorts_thumbnail')
order by media.platform, media.account_id, media.medium_id, posts.posted_at, media.post_id
