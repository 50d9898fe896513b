-- For each official account: the platform's count of comments, and those that stand, judged by what they say.
with standing as (
    select
        platform,
        account_id,
        count(*) as comments
    from core.comments
    where is_current and is_in_sight
    group by all
)

select
    walks.platform,
    walks.account_id,
    walks.platform_count,
    coalesce(standing.comments, 0) as fetched,
    coalesce(standing.comments, 0) as judged,
    walks.is_whole,
    walks.why
from core.conversation_walks as walks
left join standing
    on
        walks.platform = standing.platform
        and walks.account_id = standing.account_id
