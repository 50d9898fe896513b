-- Every post is of a kind that is known here, of an account of ours, and not from before its platform was.
select
    posts.platform,
    posts.kind,
    year(posts.posted_at) as posted_in,
    if(accounts.account_id is null, 0, 1) as is_ours
from raw.posts as posts
inner join core.audit using (run_id)
left join raw.official_accounts as accounts using (run_id, platform, account_id)
