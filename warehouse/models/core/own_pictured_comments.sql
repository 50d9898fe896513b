-- Each of a channel's own comments on its videos in which a run saw a picture.
select
    platform,
    account_id,
    run_id,
    left(medium_id, length(medium_id) - length('/picture')) as comment_id
from raw.media
where core.platform_has(platform, 'comment_pictures') and ends_with(medium_id, '/picture')
