-- One row per picture on a standing post, and per master on the register, whose file tells where it was taken.
select
    media.platform,
    media.account_id,
    media.medium_id as subject_id,
    case media.kind
        when 'photo' then 'A photograph posted by @'
        when 'animated_gif' then 'An animation posted by @'
        else 'A thumbnail posted by @'
    end || ltrim(accounts.handle, '@') || ' tells in its file where it was taken.' as reason,
    media.link,
    strftime(posts.posted_at, '%Y-%m-%d') as posted_on,
    verdicts.photograph_id
from core.media as media
inner join core.picture_verdicts as verdicts
    on
        media.platform = verdicts.platform
        and media.post_id = verdicts.post_id
        and media.medium_id = verdicts.medium_id
inner join core.posts as posts
    on
        media.platform = posts.platform
        and media.account_id = posts.account_id
        and media.post_id = posts.post_id
inner join core.official_accounts as accounts
    on
        media.platform = accounts.platform
        and media.account_id = accounts.account_id
where
    verdicts.has_position
    and posts.is_current
qualify
    row_number() over (
        partition by media.platform, media.account_id, media.medium_id
        order by posts.posted_at, media.post_id
    ) = 1
union all
select
    'school' as platform,
    school.school_id as account_id,
    masters.photograph_id as subject_id,
    'A master on the photographs register tells in its file where it was taken.' as reason,
    null as link,
    null as posted_on,
    masters.photograph_id
from core.masters as masters
cross join core.school as school
where masters.has_position
order by platform, account_id, subject_id
