-- For each official account: whether every list of what others wrote to it or about it was read, or what stopped one.
-- A list that was read down to what was known is read: what earlier runs saw of it still stands in core.comments.
select
    listings.platform,
    listings.account_id,
    sum(
        if(core.platform_has(listings.platform, 'comment_counts'), listings.platform_count, null)
    )::bigint as platform_count,
    count(*) >= len(list_intersect(core.platform_features(listings.platform), ['mentions', 'comments']))
    and bool_and(listings.is_whole or listings.stopped = 'known') as is_whole,
    coalesce(min(listings.stopped) filter (where listings.stopped not in ('end', 'known')), 'end') as why
from core.listings as listings
where listings.listing in ('mentions', 'comments')
group by listings.platform, listings.account_id
