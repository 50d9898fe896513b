-- One row per picture on each standing post that shows it: its size, and what was seen in its file in this run.
select
    pictures.platform,
    pictures.account_id,
    pictures.medium_id as subject_id,
    pictures.post_id,
    case pictures.kind
        when 'photo' then 'A photograph posted by @'
        when 'animated_gif' then 'An animation posted by @'
        else 'A thumbnail posted by @'
    end || ltrim(accounts.handle, '@') as which,
    pictures.link,
    strftime(posts.posted_on, '%Y-%m-%d') as posted_on,
    coalesce(pictures.width, 0) as width,
    coalesce(pictures.height, 0) as height,
    pictures.people,
    pictures.face_share,
    pictures.replaceable_sha256 as about_picture,
    coalesce(pictures.has_position, false) as has_position
from core.pictures as pictures
inner join core.posts as posts using (platform, account_id, post_id)
inner join core.official_accounts as accounts using (platform, account_id)
where posts.is_current and pictures.is_ours
order by pictures.platform, pictures.account_id, pictures.medium_id, posts.posted_at, pictures.post_id
