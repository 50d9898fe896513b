-- Every line between an official account and an actor, with when it was first and last seen, and when it had ended.
with newest_follows as (
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
    newest_follows.platform,
    newest_follows.account_id,
    newest_follows.actor_id,
    newest_follows.direction,
    members.first_seen,
    members.last_seen,
    newest_follows.followed_at,
    members.ended_on
from newest_follows
inner join core.members as members
    on
        newest_follows.listing = members.listing
        and newest_follows.platform = members.platform
        and newest_follows.account_id = members.account_id
        and newest_follows.actor_id = members.member_id
