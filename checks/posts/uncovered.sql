-- One row per picture on a standing post that no approval covers, and per video that the register does not approve.
with words as (
    select
        $refused::varchar[] as refused,
        $no_objection::varchar[] as no_objection,
        $not_fetched::varchar as not_fetched,
        $as_of::date as as_of
),

approvals as (
    select
        photographs.photograph_id,
        photographs.video_id,
        channels.platform,
        photographs.expires_on,
        case
            when list_contains(words.refused, lower(trim(coalesce(photographs.consent, '')))) then 'consent'
            when
                not list_contains(words.no_objection, lower(trim(coalesce(photographs.objection, ''))))
                then 'objection'
            when not list_contains(string_split(replace(photographs.channels, ' ', ''), ';'), channels.platform)
                then 'channel'
            when photographs.expires_on < words.as_of then 'expiry'
        end as obstacle
    from core.photographs as photographs
    cross join (values ('x'), ('youtube')) as channels (platform)
    cross join words
),

-- The approval of each video that goes furthest; a video may stand on several rows of the register.
registered as (
    select
        photograph_id,
        video_id,
        expires_on,
        obstacle
    from approvals
    where platform = 'youtube' and video_id is not null
    qualify row_number() over (
        partition by video_id
        order by
            coalesce(list_position(['consent', 'objection', 'expiry', 'channel'], obstacle), 0) asc,
            expires_on desc,
            photograph_id asc
    ) = 1
),

found as (
    select
        media.platform,
        media.account_id,
        media.post_id,
        media.medium_id as subject_id,
        case media.kind when 'photo' then 'photograph' when 'animated_gif' then 'animation' else media.kind end as what,
        verdicts.verdict = 'unapproved' as was_read,
        verdicts.why,
        verdicts.photograph_id,
        approvals.expires_on,
        approvals.obstacle
    from core.media as media
    inner join core.picture_verdicts as verdicts
        on
            media.platform = verdicts.platform
            and media.post_id = verdicts.post_id
            and media.medium_id = verdicts.medium_id
    left join approvals
        on
            verdicts.photograph_id = approvals.photograph_id
            and verdicts.platform = approvals.platform
    cross join words
    where
        verdicts.verdict = 'unapproved'
        -- What did not come is not judged: the coverage tells of it.
        or (verdicts.verdict = 'unreadable' and verdicts.why != words.not_fetched)
    union all
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.post_id as subject_id,
        'video' as what,
        true as was_read,
        case registered.obstacle
            when 'consent' then 'The consent for the video has been refused or withdrawn.'
            when 'objection' then 'Somebody has objected to the video.'
            when 'expiry' then strftime(registered.expires_on, 'The approval of the video ran out on %Y-%m-%d.')
            else 'The photographs register does not hold this video for YouTube.'
        end as why,
        registered.photograph_id,
        registered.expires_on,
        registered.obstacle
    from core.posts as posts
    left join registered on posts.post_id = registered.video_id
    where
        posts.platform = 'youtube'
        and posts.kind = 'video'
        and posts.visibility in ('public', 'unlisted')
        and (registered.video_id is null or registered.obstacle is not null)
)

select
    found.platform,
    found.account_id,
    found.subject_id,
    case found.what when 'animation' then 'An ' else 'A ' end || found.what
    || ' posted by @' || ltrim(accounts.handle, '@') as which,
    found.was_read,
    case found.platform
        when 'youtube' then 'https://www.youtube.com/watch?v=' || found.post_id
        else 'https://x.com/i/status/' || found.post_id
    end as link,
    strftime(posts.posted_at, '%Y-%m-%d') as posted_on,
    found.what,
    found.why,
    found.photograph_id,
    case found.obstacle
        when 'consent' then 'consent withdrawn'
        when 'objection' then 'objection'
        when 'expiry' then 'expired on ' || strftime(found.expires_on, '%Y-%m-%d')
    end as ended
from found
inner join core.posts as posts
    on
        found.platform = posts.platform
        and found.account_id = posts.account_id
        and found.post_id = posts.post_id
inner join core.official_accounts as accounts
    on
        found.platform = accounts.platform
        and found.account_id = accounts.account_id
where posts.is_current
qualify
    row_number() over (
        partition by found.platform, found.account_id, found.subject_id
        order by posts.posted_at, found.post_id
    ) = 1
order by found.platform, found.account_id, found.subject_id
