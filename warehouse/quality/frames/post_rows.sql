-- Every post is of a kind that is known here, of an account of ours, and not from before its platform was.
select
    posts.platform,
    posts.kind,
    year(posts.posted_at) as posted_in,
    if(accounts.account_id is null, 0, 1) as is_ours
from raw.posts as posts
inner join core.audit on posts.run_id = audit.run_id
left join raw.official_accounts as accounts
    on
        posts.run_id = accounts.run_id
        and posts.platform = accounts.platform
        and posts.account_id = accounts.account_id
