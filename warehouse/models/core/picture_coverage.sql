-- For each official account: pictures on its posts and in comments that stand, and those that this run could compare.
-- A video on X counts among them and is never compared; of an animation only the first picture is, which is not enough.
with countable as (
    select
        platform,
        account_id,
        is_judged and kind != 'animated_gif' as is_judged
    from core.pictures
    union all
    select
        platform,
        account_id,
        false as is_judged
    from core.media
    where is_current and kind = 'video'
),

pictures as (
    select
        platform,
        account_id,
        count(*) as fetched,
        count(*) filter (where is_judged) as judged
    from countable
    group by all
),

-- Where nobody may comment, no comment has a picture.
closed as (
    select distinct
        unavailable.platform,
        unavailable.subject_id as account_id
    from raw.unavailable as unavailable
    inner join core.audit on unavailable.run_id = audit.run_id
    where unavailable.kind = 'actor' and unavailable.reason = 'commentsDisabled'
),

posts as (
    select
        listings.platform,
        listings.account_id,
        listings.is_whole,
        listings.stopped,
        -- Where a platform does not tell of pictures in what others write, none is missed.
        not core.platform_has(listings.platform, 'comment_pictures')
        or closed.account_id is not null
        or coalesce(conversations.is_whole, false) as has_comments
    from core.listings as listings
    left join closed using (platform, account_id)
    left join core.conversation_listings as conversations using (platform, account_id)
    where listings.listing = 'posts'
)

select
    posts.platform,
    posts.account_id,
    null::bigint as platform_count,
    coalesce(pictures.fetched, 0) as fetched,
    coalesce(pictures.judged, 0) as judged,
    posts.is_whole and posts.has_comments as is_whole,
    if(posts.is_whole and not posts.has_comments, 'comments', posts.stopped) as why
from posts
left join pictures using (platform, account_id)
