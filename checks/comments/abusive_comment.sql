-- One row per comment, reply, mention or quote that stands and that no official account wrote.
select
    comments.platform,
    comments.account_id,
    comments.comment_id as subject_id,
    comments.kind,
    '@' || ltrim(accounts.handle, '@') as handle,
    comments.link,
    strftime(comments.posted_at, '%Y-%m-%d') as posted_on,
    comments.text
from core.comments as comments
inner join core.official_accounts as accounts using (platform, account_id)
anti join core.official_accounts as ours
    on
        comments.platform = ours.platform
        and comments.actor_id = ours.account_id
where
    comments.is_current
    and comments.text is not null
order by comments.platform, comments.account_id, comments.comment_id
