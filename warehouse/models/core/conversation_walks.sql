-- For each official account: whether every list of what others wrote to it or about it was read, or what stopped one.
-- A list that was read down to what was known is read: what earlier runs saw of it still stands in core.comments.
select
    walks.platform,
    walks.account_id,
    sum(if(core.platform_has(walks.platform, 'comment_counts'), walks.platform_count, null))::bigint as platform_count,
    count(*) >= len(list_intersect(core.platform_features(walks.platform), ['mentions', 'comments']))
    and bool_and(walks.is_whole or walks.stopped = 'known') as is_whole,
    coalesce(min(walks.stopped) filter (where walks.stopped not in ('end', 'known')), 'end') as why
from core.walks as walks
where walks.walk in ('mentions', 'comments')
group by walks.platform, walks.account_id
