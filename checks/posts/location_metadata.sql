-- One row per picture on a standing post, and per master on the register, whose file tells where it was taken.
select
    pictures.platform,
    pictures.account_id,
    pictures.medium_id as subject_id,
    case pictures.kind
        when 'photo' then 'A photograph posted by @'
        when 'animated_gif' then 'An animation posted by @'
        else 'A thumbnail posted by @'
    end || ltrim(accounts.handle, '@') || ' tells in its file where it was taken.' as reason,
    pictures.link,
    strftime(posts.posted_on, '%Y-%m-%d') as posted_on,
    verdicts.photograph_id,
    pictures.replaceable_sha256 as about_picture
from core.pictures as pictures
inner join core.posts as posts using (platform, account_id, post_id)
inner join core.official_accounts as accounts using (platform, account_id)
inner join core.picture_verdicts as verdicts
    on
        pictures.platform = verdicts.platform
        and pictures.post_id = verdicts.post_id
        and pictures.medium_id = verdicts.medium_id
where
    pictures.has_position
    and posts.is_current
qualify
    row_number() over (
        partition by pictures.platform, pictures.account_id, pictures.medium_id
        order by posts.posted_at, pictures.post_id
    ) = 1
union all
select
    'school' as platform,
    school.school_id as account_id,
    masters.photograph_id as subject_id,
    'A master on the photographs register tells in its file where it was taken.' as reason,
    null as link,
    null as posted_on,
    masters.photograph_id,
    masters.sha256 as about_picture
from core.masters as masters
cross join core.school as school
where masters.has_position
order by platform, account_id, subject_id
