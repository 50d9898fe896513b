-- One row per picture on a standing post or comment that no approval covers, and per video that nobody approved.
with words as (
    select $not_fetched::varchar as not_fetched
),

approvals as (
    select
        unnest(
            $approvals::struct(
                photograph_id varchar, video_id varchar, expires_on date,
                platform varchar, obstacle varchar, gravity bigint
            )[],
            recursive := true
        )
),

-- The approval of each video that goes furthest; a video may stand on several rows of the register.
registered as (
    select
        platform,
        photograph_id,
        video_id,
        expires_on,
        obstacle
    from approvals
    where core.platform_has(platform, 'videos') and video_id is not null
    qualify row_number() over (
        partition by platform, video_id
        order by
            gravity asc,
            expires_on desc,
            photograph_id asc
    ) = 1
),

found as (
    select
        pictures.platform,
        pictures.account_id,
        pictures.post_id,
        pictures.medium_id as subject_id,
        case pictures.kind
            when 'photo' then 'photograph'
            when 'animated_gif' then 'animation'
            when 'shorts_thumbnail' then 'thumbnail for Shorts'
            when 'comment_picture' then 'picture in a comment'
            else pictures.kind
        end as what,
        parts.verdict,
        parts.part,
        parts.why,
        parts.photograph_id,
        nullif(parts.transform, '') as transform,
        nullif(parts.new_area, '') as new_area,
        nullif(pictures.people, 'unknown') as people,
        pictures.replaceable_sha256,
        approvals.expires_on,
        coalesce(parts.obstacle, approvals.obstacle) as obstacle
    from core.pictures as pictures
    inner join core.picture_parts as parts using (platform, post_id, medium_id)
    left join approvals using (photograph_id, platform)
    cross join words
    where
        parts.verdict in ('unapproved', 'altered')
        -- What did not come, or whose photograph has changed, is not judged: the coverage tells of it.
        or (
            parts.verdict = 'unreadable'
            and parts.why != words.not_fetched
            and parts.obstacle is distinct from 'changed'
        )
    union all
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.post_id as subject_id,
        'video' as what,
        'unapproved' as verdict,
        0 as part,
        case registered.obstacle
            when 'consent' then 'The consent for the video has been refused or withdrawn.'
            when 'objection' then 'Somebody has objected to the video.'
            when 'left' then 'A pupil whom the video shows has left, and its approval rests on consent.'
            when 'unwritten' then 'The approval of the video rests on consent, and none is written on the register.'
            when 'expiry' then strftime(registered.expires_on, 'The approval of the video ran out on %Y-%m-%d.')
            else 'The photographs register does not hold this video for ' || core.platform_name(posts.platform) || '.'
        end as why,
        registered.photograph_id,
        null as transform,
        null as new_area,
        null as people,
        null as replaceable_sha256,
        registered.expires_on,
        registered.obstacle
    from core.posts as posts
    left join registered
        on
            posts.platform = registered.platform
            and posts.post_id = registered.video_id
    where
        core.platform_has(posts.platform, 'videos')
        and posts.kind = 'video'
        and posts.visibility in ('public', 'unlisted')
        and (registered.video_id is null or registered.obstacle is not null)
),

-- Where a picture stands: on a post of ours, or in a comment of somebody else's.
places as (
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.posted_at,
        posts.posted_on,
        ' posted by @' as whose,
        posts.link
    from core.posts as posts
    where posts.is_current
    union all
    select
        comments.platform,
        comments.account_id,
        comments.comment_id as post_id,
        comments.posted_at,
        comments.posted_on,
        if(comments.post_id is null, ' on the channel of @', ' on a video of @') as whose,
        comments.link
    from core.comments as comments
    where comments.is_current and comments.picture_url is not null
)

select
    found.platform,
    found.account_id,
    found.subject_id,
    case found.what when 'animation' then 'An ' else 'A ' end || found.what
    || places.whose || ltrim(accounts.handle, '@') as which,
    found.verdict,
    places.link,
    strftime(places.posted_on, '%Y-%m-%d') as posted_on,
    found.what,
    found.why,
    found.photograph_id,
    found.transform,
    found.new_area,
    found.people,
    found.replaceable_sha256 as about_picture,
    case found.obstacle
        when 'consent' then 'consent withdrawn'
        when 'objection' then 'objection'
        when 'left' then 'a pupil shown has left'
        when 'expiry' then 'expired on ' || strftime(found.expires_on, '%Y-%m-%d')
    end as ended
from found
inner join places using (platform, account_id, post_id)
inner join core.official_accounts as accounts using (platform, account_id)
qualify
    row_number() over (
        partition by found.platform, found.account_id, found.subject_id, ended is null
        order by places.posted_at, found.post_id, found.part
    ) = 1
order by found.platform, found.account_id, found.subject_id, ended nulls last
