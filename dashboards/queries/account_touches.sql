-- Since when one account is seen to follow an official one, or to be followed by it.
with touches as (
    select
        'follows' as does,
        platform,
        account_id,
        first_seen,
        last_seen
    from published.followers
    where platform = $platform and actor_id = $actor_id and ended_on is null  -- noqa: RF02
    union all
    select
        'is followed by' as does,
        platform,
        account_id,
        first_seen,
        last_seen
    from published.following
    where platform = $platform and actor_id = $actor_id and ended_on is null  -- noqa: RF02
),

handles as (
    select
        platform,
        account_id,
        min(account_handle) as account_handle
    from published.exceptions
    where run_id = $run_id  -- noqa: RF02
    group by all
)

select
    touches.does,
    handles.account_handle,
    touches.account_id,
    touches.first_seen,
    touches.last_seen
from touches
left join handles using (platform, account_id)
order by touches.first_seen asc, touches.account_id asc
