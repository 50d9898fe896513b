-- For each official account: the platform's count of comments, and those that stand, judged by what they say.
with standing as (
    select
        platform,
        account_id,
        count(*) as comments
    from core.comments
    where is_current and is_covered
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.platform_count,
    coalesce(standing.comments, 0) as fetched,
    coalesce(standing.comments, 0) as judged,
    listings.is_whole,
    listings.why
from core.conversation_listings as listings
left join standing
    on
        listings.platform = standing.platform
        and listings.account_id = standing.account_id
