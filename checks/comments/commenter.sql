-- One row per account of others that writes to or about an official account, with its newest comment that stands.
with written as (
    select
        platform,
        account_id,
        actor_id,
        count(*) as comments,
        string_agg(distinct kind, ', ' order by kind) as kinds,
        strftime(max(posted_at), '%Y-%m-%d') as newest_on,
        first(post_id order by posted_at desc nulls last, comment_id desc) as post_id,
        first(comment_id order by posted_at desc nulls last, comment_id desc) as comment_id
    from core.comments
    where is_current
    group by platform, account_id, actor_id
)

select
    written.platform,
    written.account_id,
    written.actor_id as subject_id,
    written.actor_id,
    case written.platform when 'youtube' then 'comments on the videos of @' else 'writes to or about @' end
    || ltrim(accounts.handle, '@') as action,
    coalesce('@' || ltrim(actors.handle, '@'), written.actor_id) as account,
    case
        when written.platform = 'x' then 'https://x.com/i/status/' || written.comment_id
        when written.post_id is null then 'https://www.youtube.com/channel/' || written.account_id
        else 'https://www.youtube.com/watch?v=' || written.post_id || '&lc=' || written.comment_id
    end as newest,
    written.newest_on,
    written.comments,
    written.kinds,
    actors.display_name as shown_name
from written
inner join core.official_accounts as accounts
    on
        written.platform = accounts.platform
        and written.account_id = accounts.account_id
left join core.actors as actors
    on
        written.platform = actors.platform
        and written.actor_id = actors.actor_id
order by written.platform, written.account_id, written.actor_id
