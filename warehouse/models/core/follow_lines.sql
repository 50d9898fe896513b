-- Every line between an official account and an actor, with when it was first and last seen, and when it had gone.
with sightings as (
    select
        follows.platform,
        follows.account_id,
        follows.actor_id,
        follows.direction,
        min(runs.as_of) as first_seen,
        max(runs.as_of) as last_seen,
        max(follows.followed_at) as followed_at
    from raw.follows as follows
    inner join raw.runs as runs on follows.run_id = runs.run_id
    group by all
),

whole_walks as (
    select
        walks.platform,
        walks.account_id,
        case walks.walk when 'followers' then 'follower' else walks.walk end as direction,
        runs.as_of
    from raw.walks as walks
    inner join raw.runs as runs on walks.run_id = runs.run_id
    where walks.is_whole and walks.walk in ('followers', 'following')
)

select
    sightings.platform,
    sightings.account_id,
    sightings.actor_id,
    sightings.direction,
    sightings.first_seen,
    sightings.last_seen,
    sightings.followed_at,
    min(whole_walks.as_of) as ended_on
from sightings
left join whole_walks
    on
        sightings.platform = whole_walks.platform
        and sightings.account_id = whole_walks.account_id
        and sightings.direction = whole_walks.direction
        and sightings.last_seen < whole_walks.as_of
group by all
