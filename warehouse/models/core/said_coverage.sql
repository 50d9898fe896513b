-- For each official account: its standing posts and videos, seen whole where what it comments under them was too. Where
-- comments are no posts of their own, the list of comments tells of those.
select
    posts.platform,
    posts.account_id,
    posts.platform_count,
    posts.fetched,
    posts.judged,
    posts.is_whole
    and (core.platform_has(posts.platform, 'mentions') or coalesce(comments.is_whole, false)) as is_whole,
    case
        when core.platform_has(posts.platform, 'mentions') or not posts.is_whole then posts.why
        when coalesce(comments.is_whole, false) then posts.why
        else 'own_comments'
    end as why
from core.post_coverage as posts
left join core.comment_coverage as comments using (platform, account_id)
