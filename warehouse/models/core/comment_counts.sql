-- For each official account: the platform's count of comments, those that stand, and those whose writer has a profile.
with standing as (
    select
        comments.platform,
        comments.account_id,
        count(*) as fetched,
        count(profiles.display_name) as with_profile
    from core.comments as comments
    left join core.profiles as profiles using (platform, actor_id)
    where comments.is_current and comments.is_covered
    group by all
)

select
    listings.platform,
    listings.account_id,
    listings.platform_count,
    coalesce(standing.fetched, 0) as fetched,
    coalesce(standing.fetched, 0) as judged,
    coalesce(standing.with_profile, 0) as with_profile,
    listings.is_whole,
    listings.why
from core.conversation_listings as listings
left join standing using (platform, account_id)
