-- One row per comment, reply, mention or quote that stands and that no official account wrote.
select
    comments.platform,
    comments.account_id,
    comments.comment_id as subject_id,
    comments.kind,
    '@' || ltrim(accounts.handle, '@') as handle,
    case
        when comments.platform = 'x' then 'https://x.com/i/status/' || comments.comment_id
        when comments.post_id is null then 'https://www.youtube.com/channel/' || comments.account_id
        else 'https://www.youtube.com/watch?v=' || comments.post_id || '&lc=' || comments.comment_id
    end as link,
    strftime(comments.posted_at, '%Y-%m-%d') as posted_on,
    comments.text
from core.comments as comments
inner join core.official_accounts as accounts
    on
        comments.platform = accounts.platform
        and comments.account_id = accounts.account_id
anti join core.official_accounts as ours
    on
        comments.platform = ours.platform
        and comments.actor_id = ours.account_id
where
    comments.is_current
    and comments.text is not null
order by comments.platform, comments.account_id, comments.comment_id
