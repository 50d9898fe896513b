-- One row per official account whose archive was read: whose e-mail address it signs in by, and what posts were written
-- with of late.
with late as (
    select *
    from core.posts
    where posted_on > $as_of::date - $look_back_days::integer
)

select
    accounts.platform,
    accounts.account_id,
    '@' || ltrim(accounts.handle, '@') as account,
    archives.has_school_email,
    list_sort(list(distinct posts.posted_with) filter (where posts.posted_with is not null)) as programs,
    accounts.link
from core.official_accounts as accounts
inner join core.archives as archives using (platform, account_id)
left join late as posts using (platform, account_id)
group by all
order by accounts.platform, accounts.account_id
