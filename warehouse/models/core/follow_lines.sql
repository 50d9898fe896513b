-- Every line between an official account and an actor, with when it was first and last seen, and when it had ended.
with told as (
    select
        follows.platform,
        follows.account_id,
        follows.actor_id,
        follows.direction,
        case follows.direction when 'follower' then 'followers' else follows.direction end as listing,
        max(follows.followed_at) as followed_at
    from raw.follows as follows
    group by all
)

select
    told.platform,
    told.account_id,
    told.actor_id,
    told.direction,
    members.first_seen,
    members.last_seen,
    told.followed_at,
    members.ended_on
from told
inner join core.members as members
    on
        told.listing = members.listing
        and told.platform = members.platform
        and told.account_id = members.account_id
        and told.actor_id = members.member_id
