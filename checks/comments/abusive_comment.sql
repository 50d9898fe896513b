-- One row per comment, reply, mention or quote that stands and that no official account wrote, with every role of whom
-- its writer is known to be.
with writers as (
    select
        platform,
        actor_id,
        string_agg(distinct role, ', ' order by role) as written_by
    from core.matches
    where is_best and band in ('declared', 'likely') or one_of is not null
    group by platform, actor_id
)

select
    comments.platform,
    comments.account_id,
    comments.comment_id as subject_id,
    comments.kind,
    '@' || ltrim(accounts.handle, '@') as handle,
    comments.link,
    strftime(comments.posted_on, '%Y-%m-%d') as posted_on,
    comments.text,
    coalesce(writers.written_by, 'nobody known') as written_by
from core.comments as comments
inner join core.official_accounts as accounts using (platform, account_id)
anti join core.official_accounts as ours
    on
        comments.platform = ours.platform
        and comments.actor_id = ours.account_id
left join writers
    on
        comments.platform = writers.platform
        and comments.actor_id = writers.actor_id
where
    comments.is_current
    and comments.text is not null
order by comments.platform, comments.account_id, comments.comment_id
