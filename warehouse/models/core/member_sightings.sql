-- Each time that a run saw a member of a list: the list held it, or the platform said of it that it stands.
with sightings as (
    select
        case direction when 'follower' then 'followers' else direction end as listing,
        platform,
        account_id,
        actor_id as member_id,
        run_id
    from raw.follows
    union
    select
        'posts' as listing,
        platform,
        account_id,
        first_version_id as member_id,
        run_id
    from raw.posts
    where deleted_at is null
    union
    select
        conversations.listing,
        comments.platform,
        comments.account_id,
        comments.comment_id as member_id,
        comments.run_id
    from raw.comments as comments
    inner join core.conversations as conversations using (platform, account_id, comment_id)
    union
    select
        'comments' as listing,
        platform,
        account_id,
        comment_id as member_id,
        run_id
    from core.own_pictured_comments
    union
    select
        'reposts' as listing,
        platform,
        account_id,
        actor_id || '@' || post_id as member_id,
        run_id
    from raw.reposts
    union
    select
        'likes' as listing,
        platform,
        account_id,
        post_id as member_id,
        run_id
    from raw.likes
    union
    select
        listing,
        platform,
        account_id,
        member_id,
        run_id
    from core.member_answers
    where answer = 'stands'
)

select
    sightings.listing,
    sightings.platform,
    sightings.account_id,
    sightings.member_id,
    runs.run_id,
    runs.as_of
from sightings
inner join raw.runs as runs on sightings.run_id = runs.run_id
