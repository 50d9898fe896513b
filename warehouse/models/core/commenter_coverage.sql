-- For each official account: the platform's count of comments, those that stand, and those whose writer has a profile.
with standing as (
    select
        comments.platform,
        comments.account_id,
        count(*) as comments,
        count(profiles.display_name) as judged
    from core.comments as comments
    left join core.profiles as profiles
        on
            comments.platform = profiles.platform
            and comments.actor_id = profiles.account_id
    where comments.is_current and comments.is_covered
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.platform_count,
    coalesce(standing.comments, 0) as fetched,
    coalesce(standing.judged, 0) as judged,
    listings.is_whole,
    listings.why
from core.conversation_listings as listings
left join standing
    on
        listings.platform = standing.platform
        and listings.account_id = standing.account_id
