-- One row per photograph or animation on a recent standing post that no text describes.
with asked as (
    select $as_of::date - $look_back_days::integer as since
)

select
    media.platform,
    media.account_id,
    media.medium_id as subject_id,
    case media.kind when 'photo' then 'A photograph' else 'An animation' end
    || ' posted by @' || ltrim(accounts.handle, '@') || ' has no text that says what it shows.' as reason,
    media.link,
    strftime(posts.posted_on, '%Y-%m-%d') as posted_on
from core.media as media
inner join core.posts as posts using (platform, account_id, post_id)
inner join core.official_accounts as accounts using (platform, account_id)
cross join asked
where
    core.platform_has(media.platform, 'alt_texts')
    and media.kind in ('photo', 'animated_gif')
    and posts.is_current
    and posts.kind != 'repost'
    and media.is_alt_text_known
    and trim(coalesce(media.alt_text, '')) = ''
    and posts.posted_on > asked.since
qualify
    row_number() over (
        partition by media.platform, media.account_id, media.medium_id
        order by posts.posted_at, media.post_id
    ) = 1
order by media.platform, media.account_id, media.medium_id
