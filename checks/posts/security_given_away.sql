-- One row per standing post beside which its platform shows a place.
select
    posts.platform,
    posts.account_id,
    posts.post_id as subject_id,
    'A ' || posts.kind || ' by @' || ltrim(accounts.handle, '@') || ' shows a place beside it.' as reason,
    posts.link,
    strftime(posts.posted_on, '%Y-%m-%d') as posted_on,
    'place' as "where",
    null as quote,
    'place' as kind,
    'The platform shows a place beside the post.' as signs,
    'a rule' as found_by
from core.posts as posts
inner join core.official_accounts as accounts using (platform, account_id)
where posts.is_current and posts.has_place
order by posts.platform, posts.account_id, posts.post_id
