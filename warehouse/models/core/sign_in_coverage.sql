-- For each official account: its archive, which alone tells how somebody signs in and writes, if this run read one that
-- tells both of every post.
with told as (
    select
        archives.platform,
        archives.account_id,
        archives.is_old,
        archives.has_school_email is not null and count(posts.post_id) = count(posts.posted_with) as is_told
    from core.archives as archives
    left join core.posts as posts using (platform, account_id)
    group by archives.platform, archives.account_id, archives.is_old, archives.has_school_email
)

select
    accounts.platform,
    accounts.account_id,
    null::bigint as platform_count,
    count(told.account_id) as fetched,
    count(told.account_id) filter (where told.is_told) as judged,
    coalesce(bool_or(told.is_told and not told.is_old), false) as is_whole,
    case
        when count(told.account_id) = 0 then 'no_archive'
        when bool_or(told.is_old) then 'old_archive'
        when bool_or(told.is_told) then 'end'
        else 'no_sign_in'
    end as why
from core.official_accounts as accounts
left join told using (platform, account_id)
group by accounts.platform, accounts.account_id
