-- The list in which each comment, reply, mention or quote was seen last.
select
    platform,
    account_id,
    comment_id,
    case
        when not core.platform_has(platform, 'mentions') or arg_max(kind, run_id) = 'quote' then 'comments'
        when core.platform_has(platform, 'mentions') then 'mentions'
    end as listing
from raw.comments
group by platform, account_id, comment_id
