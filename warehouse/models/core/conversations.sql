-- The list in which each comment, reply, mention or quote was met last.
select
    platform,
    account_id,
    comment_id,
    case
        when platform = 'youtube' or arg_max(kind, run_id) = 'quote' then 'comments'
        else 'mentions'
    end as listing
from raw.comments
group by platform, account_id, comment_id
