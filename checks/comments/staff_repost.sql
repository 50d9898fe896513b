-- One row per account of others that reposts an official account's posts with pictures, with the newest such post.
with pictured as (
    select distinct
        posts.platform,
        posts.account_id,
        posts.post_id,
        posts.posted_at,
        posts.posted_on,
        posts.link
    from core.posts as posts
    inner join core.media using (platform, account_id, post_id)
    where posts.is_current
),

reposted as (
    select
        reposts.platform,
        reposts.account_id,
        reposts.actor_id,
        count(*) as posts,
        first(pictured.link order by pictured.posted_at desc nulls last, pictured.post_id desc) as newest,
        strftime(max(pictured.posted_on), '%Y-%m-%d') as newest_on
    from core.reposts as reposts
    inner join pictured using (platform, account_id, post_id)
    group by reposts.platform, reposts.account_id, reposts.actor_id
)

select
    reposted.platform,
    reposted.account_id,
    reposted.actor_id as subject_id,
    reposted.actor_id,
    'reposts pictures of @' || ltrim(accounts.handle, '@') as action,
    coalesce('@' || ltrim(actors.handle, '@'), reposted.actor_id) as account,
    reposted.newest,
    reposted.newest_on,
    reposted.posts,
    actors.display_name as shown_name
from reposted
inner join core.official_accounts as accounts using (platform, account_id)
left join core.actors as actors using (platform, actor_id)
order by reposted.platform, reposted.account_id, reposted.actor_id
