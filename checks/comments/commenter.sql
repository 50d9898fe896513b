-- One row per account of others that writes to or about an official account, with its newest comment that stands.
with written as (
    select
        platform,
        account_id,
        actor_id,
        count(*) as comments,
        string_agg(distinct kind, ', ' order by kind) as kinds,
        strftime(max(posted_on), '%Y-%m-%d') as newest_on,
        first(link order by posted_at desc nulls last, comment_id desc) as newest
    from core.comments
    where is_current
    group by platform, account_id, actor_id
)

select
    written.platform,
    written.account_id,
    written.actor_id as subject_id,
    written.actor_id,
    core.platform_says(written.platform, 'writes') || ' @' || ltrim(accounts.handle, '@') as action,
    coalesce('@' || ltrim(actors.handle, '@'), written.actor_id) as account,
    written.newest,
    written.newest_on,
    written.comments,
    written.kinds,
    actors.display_name as shown_name
from written
inner join core.official_accounts as accounts using (platform, account_id)
left join core.actors as actors using (platform, actor_id)
order by written.platform, written.account_id, written.actor_id
