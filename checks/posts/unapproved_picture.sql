-- One row per picture on a standing post that no approval covers, and per video that the register does not hold.
with judged as (
    select
        platform,
        post_id,
        medium_id,
        verdict = 'unapproved' as was_read,
        why
    from core.picture_verdicts
    where
        verdict = 'unapproved'
        -- What did not come is not judged: the coverage tells of it.
        or (verdict = 'unreadable' and why != $not_fetched)
),

registered as (
    select
        video_id,
        max(coalesce(expires_on, date '9999-12-31')) as approved_until,
        max(coalesce(expires_on, date '9999-12-31')) >= $as_of as is_approved
    from core.photographs
    where
        video_id is not null
        and list_contains(string_split(replace(channels, ' ', ''), ';'), 'youtube')
        and not list_contains(cast($refused as varchar[]), lower(trim(coalesce(consent, ''))))
        and list_contains(cast($no_objection as varchar[]), lower(trim(coalesce(objection, ''))))
    group by all
),

found as (
    select
        media.platform,
        media.account_id,
        media.post_id,
        media.medium_id as subject_id,
        case media.kind when 'photo' then 'photograph' when 'animated_gif' then 'animation' else media.kind end as what,
        judged.was_read,
        judged.why
    from core.media as media
    inner join judged
        on
            media.platform = judged.platform
            and media.post_id = judged.post_id
            and media.medium_id = judged.medium_id
    union all
    select
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.post_id as subject_id,
        'video' as what,
        true as was_read,
        coalesce(
            'The approval of the video ran out on ' || strftime(registered.approved_until, '%Y-%m-%d') || '.',
            'The photographs register does not hold this video for YouTube.'
        ) as why
    from core.posts as posts
    left join registered on posts.post_id = registered.video_id
    where
        posts.platform = 'youtube'
        and posts.kind = 'video'
        and posts.visibility in ('public', 'unlisted')
        and not coalesce(registered.is_approved, false)
)

select
    found.platform,
    found.account_id,
    found.subject_id,
    case found.what when 'animation' then 'An ' else 'A ' end || found.what
    || ' posted by @' || ltrim(accounts.handle, '@')
    || case
        when found.was_read then ' has no standing approval.'
        else ' could not be read, so nobody knows whether it is approved.'
    end as reason,
    case found.platform
        when 'youtube' then 'https://www.youtube.com/watch?v=' || found.post_id
        else 'https://x.com/i/status/' || found.post_id
    end as link,
    strftime(posts.posted_at, '%Y-%m-%d') as posted_on,
    found.what,
    found.why as nearest
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
